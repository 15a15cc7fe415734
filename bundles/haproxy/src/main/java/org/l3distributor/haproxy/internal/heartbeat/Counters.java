// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * The counters of each listener as last told, from which the next heartbeat's differences come: Octavia adds up what
 * heartbeats bring. A value; taking a step gives the next one.
 */
record Counters(Map<String, Seen> listeners) {
    Counters {
        listeners = Map.copyOf(listeners);
    }

    /**
     * What a listener's counters were.
     *
     * @param workerPid whose they were; 0 when the file didn't say
     */
    record Seen(long bin, long bout, long ereq, long stot, long workerPid) {}

    /** What was added since. */
    record Delta(long bin, long bout, long ereq, long stot) {
        static final Delta NONE = new Delta(0, 0, 0, 0);

        Heartbeat.Counts counts(long connections) {
            return new Heartbeat.Counts(bin, bout, connections, stot, ereq);
        }
    }

    /**
     * What the next message tells, and the counters after it.
     *
     * @param deltas by listener
     */
    record Step(Map<String, Delta> deltas, Counters next) {}

    static Counters empty() {
        return new Counters(Map.of());
    }

    /**
     * Every reload brings a new worker whose counters begin at 0: what it tells is all new, even where it is already
     * more than the old worker's last word. A counter that went down says the same when the worker isn't known.
     */
    Step step(List<Statistics> all) {
        Map<String, Delta> deltas = new HashMap<>();
        Map<String, Seen> next = new HashMap<>(listeners);
        for (Statistics statistics : all) {
            for (Statistics.Listener now : statistics.listeners()) {
                deltas.put(now.id(), delta(statistics.workerPid(), now));
                next.put(now.id(), seen(statistics.workerPid(), now));
            }
        }
        return new Step(deltas, new Counters(next));
    }

    private Delta delta(long workerPid, Statistics.Listener now) {
        Seen nothing = new Seen(0, 0, 0, 0, workerPid);
        Seen before = listeners.getOrDefault(now.id(), nothing);
        boolean same = before.workerPid() == workerPid || before.workerPid() == 0;
        Seen from = same ? before : nothing;
        return new Delta(
                difference(from.bin(), now.bytesIn()),
                difference(from.bout(), now.bytesOut()),
                difference(from.ereq(), now.requestErrors()),
                difference(from.stot(), now.totalConnections()));
    }

    private static Seen seen(long workerPid, Statistics.Listener now) {
        return new Seen(now.bytesIn(), now.bytesOut(), now.requestErrors(), now.totalConnections(), workerPid);
    }

    /** Forgets the listeners that are gone for good. */
    Counters retain(Set<String> known) {
        Map<String, Seen> next = new HashMap<>(listeners);
        next.keySet().retainAll(known);
        return new Counters(next);
    }

    private static long difference(long before, long now) {
        return now < before ? now : now - before;
    }
}
