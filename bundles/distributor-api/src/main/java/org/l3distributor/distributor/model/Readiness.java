// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.List;

/**
 * Whether the appliance can do its work.
 *
 * @param ready the store is open, and at least one session is Established; without a profile a load balancer needs no
 *     session, since it announces nothing
 * @param conditions every condition with its state; those that don't hold say why
 */
public record Readiness(boolean ready, List<Condition> conditions) {
    public Readiness {
        conditions = List.copyOf(conditions);
    }

    /** One condition, for example "store", "profile", "session tor1". */
    public record Condition(String name, boolean holds, String reason) {}
}
