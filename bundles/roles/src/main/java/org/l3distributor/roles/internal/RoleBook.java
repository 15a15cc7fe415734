// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.roles.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.l3distributor.distributor.service.InstalledRoles;

/** The roles as they are, and who wants to know. Any thread. */
final class RoleBook implements InstalledRoles {
    private final Supplier<Set<String>> installed;
    private final RolesFile file;
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

    RoleBook(Supplier<Set<String>> installed, RolesFile file) {
        this.installed = installed;
        this.file = file;
    }

    @Override
    public Set<String> roles() {
        return Set.copyOf(installed.get());
    }

    @Override
    public AutoCloseable listen(Consumer<Set<String>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A role was installed or removed: the next start shall find it so. */
    void changed() {
        Set<String> roles = roles();
        file.keep(roles);
        listeners.forEach(listener -> listener.accept(roles));
    }
}
