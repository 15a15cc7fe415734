// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Which roles are installed in this container; they may come and go while it runs. */
@ProviderType
public interface InstalledRoles {
    /** The roles without "role-", for example {@code distributor}; empty when there is none. */
    Set<String> roles();

    /** Adds a listener that is told of every later change, on the thread that made it; it must not wait. */
    AutoCloseable listen(Consumer<Set<String>> listener);
}
