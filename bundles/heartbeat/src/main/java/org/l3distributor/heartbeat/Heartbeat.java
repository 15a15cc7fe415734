// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import java.util.Map;

/**
 * What an amphora tells Octavia's health manager, version 3: the counters are differences since the message before.
 *
 * @param amphora the amphora's id
 * @param sequence 0, 1, 2, ... since the sender started
 * @param listeners by id
 * @param pools by {@code POOL:LISTENER}, or by the pool's id alone
 */
public record Heartbeat(String amphora, long sequence, Map<String, Listener> listeners, Map<String, Pool> pools) {
    /** The version of the message that this is. */
    public static final int VERSION = 3;

    public Heartbeat {
        listeners = Map.copyOf(listeners);
        pools = Map.copyOf(pools);
    }

    /** @param status HAProxy's word: {@code OPEN}, {@code FULL}, ... */
    public record Listener(String status, Counts counts) {}

    /**
     * What was counted since the message before, and the connections that are open now.
     *
     * @param received bytes from clients
     * @param sent bytes to clients
     * @param errors requests that were wrong
     */
    public record Counts(long received, long sent, long connections, long totalConnections, long errors) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    /**
     * @param status {@code UP} or {@code DOWN}
     * @param members their words by id: {@code UP}, {@code UP 1/3}, {@code DOWN}, {@code DRAIN}, {@code MAINT}, {@code no
     *     check}, ...
     */
    public record Pool(String status, Map<String, String> members) {
        public Pool {
            members = Map.copyOf(members);
        }
    }

    /** The pool's id in a key of {@link #pools()}: what stands before the last colon. */
    public static String poolId(String key) {
        int colon = key.lastIndexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    /** As JSON, in Octavia's words, with its keys in order. */
    public byte[] toJson() {
        return HeartbeatJson.write(this);
    }

    /** What {@link #read} gives. */
    public sealed interface Read {
        record Message(Heartbeat heartbeat) implements Read {}

        /** @param why one sentence, without the sender's own text */
        record Malformed(String why) implements Read {}
    }

    /** Reads a message of version 3; what isn't known in it is left out. */
    public static Read read(byte[] json) {
        return HeartbeatJson.read(json);
    }
}
