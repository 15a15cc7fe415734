// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

/**
 * What clients still have of a load balancer's HAProxy. A worker that a reload has replaced tells nobody how many
 * connections it has, but ends with the last of them.
 *
 * @param connections of clients, open at the frontends of the worker that accepts
 * @param oldWorkers how many workers of before a reload live; while a new one starts, the one that accepts and the new one
 *     count as one of each
 */
public record Held(int connections, int oldWorkers) {
    /** Where nothing runs. */
    public static final Held NOTHING = new Held(0, 0);

    public Held {
        if (connections < 0 || oldWorkers < 0) {
            throw new IllegalArgumentException(connections + " connections and " + oldWorkers + " old workers");
        }
    }
}
