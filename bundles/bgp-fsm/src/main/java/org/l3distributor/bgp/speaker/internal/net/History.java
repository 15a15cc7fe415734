// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.l3distributor.bgp.speaker.PeerEvent;

/** The last events of a peer. Any thread; nobody holds its lock for longer than a copy. */
final class History {
    static final int LENGTH = 200;

    private final Deque<PeerEvent> events = new ArrayDeque<>(LENGTH);

    synchronized void add(PeerEvent event) {
        if (events.size() == LENGTH) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Newest first. */
    synchronized List<PeerEvent> newestFirst() {
        List<PeerEvent> all = new ArrayList<>(events);
        Collections.reverse(all);
        return all;
    }
}
