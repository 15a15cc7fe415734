// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import org.jspecify.annotations.Nullable;

/**
 * What clients still have of a load balancer's HAProxy on this host.
 *
 * @param loadBalancer its id
 * @param connections open at the worker that accepts new ones; null while nobody can tell
 * @param oldWorkers how many workers of before a reload live, each for as long as it has connections; null while nobody can
 *     tell
 */
public record HeldConnections(
        String loadBalancer,
        @Nullable Integer connections,
        @Nullable Integer oldWorkers) {
    public HeldConnections {
        if ((connections != null && connections < 0) || (oldWorkers != null && oldWorkers < 0)) {
            throw new IllegalArgumentException(
                    loadBalancer + " can't have " + connections + " connections and " + oldWorkers + " old workers");
        }
    }

    /** HAProxy doesn't answer, or isn't found yet. */
    public static HeldConnections unknown(String loadBalancer) {
        return new HeldConnections(loadBalancer, null, null);
    }

    /** Whether it is known that there is no connection. */
    public boolean none() {
        return connections != null && connections == 0 && oldWorkers != null && oldWorkers == 0;
    }

    /** Whether both numbers are known. */
    public boolean known() {
        return connections != null && oldWorkers != null;
    }
}
