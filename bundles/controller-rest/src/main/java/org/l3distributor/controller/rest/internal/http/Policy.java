// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.util.Set;
import org.l3distributor.distributor.controller.Caller;

/**
 * Who may do what, as Octavia's default policy has it: a project's members what is the project's, its readers may look, the
 * cloud's administrators may do all.
 */
public final class Policy {
    private static final Set<String> ADMINS = Set.of("admin", "load-balancer_admin");
    private static final Set<String> GLOBAL_READERS = Set.of("load-balancer_global_observer");
    private static final Set<String> WRITERS = Set.of("member", "load-balancer_member");
    private static final Set<String> READERS = Set.of("reader", "load-balancer_observer");

    private Policy() {}

    public static boolean isAdmin(Caller caller) {
        return any(caller, ADMINS);
    }

    public static boolean readsAll(Caller caller) {
        return isAdmin(caller) || any(caller, GLOBAL_READERS);
    }

    /** @throws Refused with 403 unless the caller may look at what is a project's */
    public static void read(Caller caller, String projectId) {
        boolean own = owns(caller, projectId) && (any(caller, WRITERS) || any(caller, READERS));
        if (!own && !readsAll(caller)) {
            throw Refused.forbidden();
        }
    }

    /** @throws Refused with 403 unless the caller may change what is a project's */
    public static void write(Caller caller, String projectId) {
        if (!(owns(caller, projectId) && any(caller, WRITERS)) && !isAdmin(caller)) {
            throw Refused.forbidden();
        }
    }

    /** @throws Refused with 403 unless the caller is an administrator */
    public static void admin(Caller caller) {
        if (!isAdmin(caller)) {
            throw Refused.forbidden();
        }
    }

    private static boolean owns(Caller caller, String projectId) {
        return !caller.projectId().isEmpty() && caller.projectId().equals(projectId);
    }

    private static boolean any(Caller caller, Set<String> roles) {
        return caller.roles().stream().anyMatch(roles::contains);
    }
}
