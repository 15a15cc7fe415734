// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.view;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.net.PeerId;

/** The core's own events, the newest {@value #CAPACITY} of them, and their union with the speaker's. Any thread. */
public final class EventLog {
    private static final int CAPACITY = 1000;

    private final Deque<EventView> newestFirst = new ArrayDeque<>();

    public synchronized void add(Instant at, @Nullable PeerId peer, String kind, String text) {
        if (newestFirst.size() == CAPACITY) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(new EventView(at, peer == null ? null : peer.value(), kind, text));
    }

    /** The newest first, of one peer (null = of all, and those of no peer). */
    public List<EventView> with(List<PeerEvent> speakers, @Nullable PeerId peer, int limit) {
        List<EventView> merged = new ArrayList<>(own(peer));
        for (PeerEvent event : speakers) {
            merged.add(new EventView(event.at(), event.peer().value(), event.kind(), event.text()));
        }
        merged.sort(Comparator.comparing(EventView::at).reversed()); // stable: equal times keep their order
        return List.copyOf(merged.subList(0, Math.min(limit, merged.size())));
    }

    private synchronized List<EventView> own(@Nullable PeerId peer) {
        return newestFirst.stream()
                .filter(event -> peer == null || peer.value().equals(event.peer()))
                .toList();
    }
}
