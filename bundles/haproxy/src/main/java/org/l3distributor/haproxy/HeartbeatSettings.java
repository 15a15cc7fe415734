// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.time.Duration;
import java.util.List;
import org.l3distributor.net.Secret;

/**
 * Whose heartbeats go where.
 *
 * @param amphora the amphora's id
 * @param controllers health managers, served in turn: one datagram to one of them per interval; at least one
 * @param key what the datagrams are signed with, as the health manager has it
 * @param interval from one datagram to the next; at least 100 ms
 */
public record HeartbeatSettings(String amphora, List<Controller> controllers, Secret key, Duration interval) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    public HeartbeatSettings {
        controllers = List.copyOf(controllers);
        if (amphora.isBlank()) {
            throw new IllegalArgumentException("a heartbeat needs the amphora's id");
        }
        if (controllers.isEmpty()) {
            throw new IllegalArgumentException("a heartbeat needs a controller");
        }
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("heartbeats come every " + SHORTEST.toMillis() + " ms at most");
        }
    }
}
