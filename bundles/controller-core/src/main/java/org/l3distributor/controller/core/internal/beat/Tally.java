// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * What heartbeats have counted and isn't in the tables yet. A heartbeat tells what came since the one before, so what can't
 * be written now is kept until it can: one sum for each listener and amphora. What is idle isn't written again and again;
 * an amphora without traffic costs nothing. Not for several threads.
 */
final class Tally {
    private record Key(String listenerId, String amphoraId) {}

    private final Map<Key, ListenerStatistics> sums = new LinkedHashMap<>();
    private final Map<Key, Boolean> idle = new HashMap<>();

    /** @param there the listeners that there are: a row of another one would stay for ever */
    void add(Heartbeat heartbeat, Set<String> there) {
        heartbeat.listeners().forEach((id, listener) -> {
            if (there.contains(id)) {
                add(new Key(id, heartbeat.amphora()), listener.counts());
            }
        });
    }

    private void add(Key key, Heartbeat.Counts counts) {
        boolean nothing = counts.equals(Heartbeat.Counts.NONE);
        Boolean before = idle.put(key, nothing);
        if (nothing && Boolean.TRUE.equals(before)) {
            return; // after the first one, which says that no connection is open any more
        }
        sums.merge(
                key,
                new ListenerStatistics(
                        key.listenerId(),
                        key.amphoraId(),
                        counts.received(),
                        counts.sent(),
                        (int) Math.min(Integer.MAX_VALUE, counts.connections()),
                        counts.totalConnections(),
                        counts.errors()),
                Tally::sum);
    }

    private static ListenerStatistics sum(ListenerStatistics a, ListenerStatistics b) {
        return new ListenerStatistics(
                a.listenerId(),
                a.amphoraId(),
                a.bytesIn() + b.bytesIn(),
                a.bytesOut() + b.bytesOut(),
                b.activeConnections(),
                a.totalConnections() + b.totalConnections(),
                a.requestErrors() + b.requestErrors());
    }

    /** What is to be added to the tables. */
    List<ListenerStatistics> due() {
        return List.copyOf(sums.values());
    }

    /** What was due is in the tables. */
    void written() {
        sums.clear();
    }

    /** Forgets the amphorae and listeners that aren't there any more. */
    void retain(Collection<String> amphorae, Set<String> listeners) {
        idle.keySet().removeIf(key -> !amphorae.contains(key.amphoraId()) || !listeners.contains(key.listenerId()));
        sums.keySet().removeIf(key -> !listeners.contains(key.listenerId()));
    }
}
