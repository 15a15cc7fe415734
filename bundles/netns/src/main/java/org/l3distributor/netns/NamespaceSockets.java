// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at the sockets of a namespace. */
@ProviderType
public interface NamespaceSockets {
    /**
     * All TCP sockets that listen there at this moment (sock_diag(7)). The stage fails with {@link NetnsException}
     * when there is no such namespace (ENOENT) or the kernel refuses, and with {@link IllegalArgumentException} for a
     * name that can't be one.
     */
    CompletionStage<Set<ListeningSocket>> listening(String namespace);
}
