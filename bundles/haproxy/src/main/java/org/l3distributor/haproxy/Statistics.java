// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.util.List;
import java.util.Map;

/**
 * What a running HAProxy says of itself ({@code show stat}), in its own words. Its internal exporter is left out.
 *
 * @param workerPid the process that answered; its counters began at 0
 * @param listeners by order of the configuration
 * @param pools by order of the configuration
 */
public record Statistics(long workerPid, List<Listener> listeners, List<Pool> pools) {
    public Statistics {
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
    }

    /**
     * @param status {@code OPEN}, {@code FULL}, ...
     * @param bytesIn from clients, since the worker started
     * @param bytesOut to clients, since the worker started
     * @param connections open now
     * @param totalConnections since the worker started
     * @param requestErrors since the worker started
     */
    public record Listener(
            String id,
            String status,
            long bytesIn,
            long bytesOut,
            long connections,
            long totalConnections,
            long requestErrors) {}

    /**
     * @param id Octavia names a backend {@code POOL:LISTENER}
     * @param status {@code UP} or {@code DOWN}
     * @param members their words: {@code UP}, {@code UP 1/3}, {@code DOWN}, {@code DRAIN}, {@code MAINT},
     *     {@code no check}, ...
     * @param up how many members take new connections; one that isn't checked is taken to be well, and one of weight 0
     *     takes none, whatever its word is
     */
    public record Pool(String id, String status, Map<String, String> members, int up) {
        public Pool {
            members = Map.copyOf(members);
        }
    }
}
