// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sequence numbers of heartbeats: one that was recorded and is sent again keeps no dead amphora alive. Numbers go up
 * while an amphora's sender runs and begin at 0 when it starts again, which a heartbeat alone can't be told from an old
 * one. So after a lower number the next higher one is awaited: an amphora that was started again is believed one
 * heartbeat later, and a lone old one never. Whoever recorded several and sends them again in order isn't found out: the
 * message holds no time. Not for several threads.
 */
final class Sequences {
    /** @param lower the last number that was lower than {@code last}; -1 when there is none */
    private record Seen(long last, long lower) {}

    private final Map<String, Seen> amphorae = new HashMap<>();

    /** Whether a heartbeat is newer than those before it. */
    boolean isNew(String amphoraId, long sequence) {
        Seen seen = amphorae.get(amphoraId);
        boolean again = seen != null && seen.lower() >= 0 && sequence > seen.lower() && sequence < seen.last();
        if (seen == null || sequence > seen.last() || again) {
            amphorae.put(amphoraId, new Seen(sequence, -1));
            return true;
        }
        if (sequence < seen.last()) {
            amphorae.put(amphoraId, new Seen(seen.last(), sequence));
        }
        return false;
    }

    /** Forgets the amphorae that aren't there any more. */
    void retain(Set<String> amphoraIds) {
        amphorae.keySet().retainAll(amphoraIds);
    }
}
