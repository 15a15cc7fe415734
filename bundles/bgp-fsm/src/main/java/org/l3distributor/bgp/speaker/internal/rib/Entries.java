// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpPrefix;

/**
 * The entries of a table by prefix, and in the order in which they came. A walk takes those that are there when it
 * begins, one place after the other, and may be interrupted: it needs no second look at what a fresh session gets, and
 * no queue of it.
 *
 * <p>Dropped entries keep their places for a while: a walk over an array doesn't wait for the memory at each step.
 */
final class Entries {
    private static final int MOST_DROPPED = 1000;

    private final Map<IpPrefix, Entry> byPrefix = new HashMap<>();
    private final List<Entry> order = new ArrayList<>();
    private int dropped;

    /** The walk has yet to visit the places from here to before {@link #walkEnd}. */
    private int walkAt;

    private int walkEnd;

    @Nullable
    Entry find(IpPrefix prefix) {
        return byPrefix.get(prefix);
    }

    Entry add(IpPrefix prefix) {
        Entry entry = new Entry(prefix, order.size());
        byPrefix.put(prefix, entry);
        order.add(entry);
        return entry;
    }

    /** Forgets an entry, once. */
    void drop(Entry entry) {
        byPrefix.remove(entry.prefix);
        entry.dropped = true;
        dropped++;
        if (dropped > MOST_DROPPED && dropped > order.size() / 2 && !isWalking()) {
            closeRanks();
        }
    }

    private void closeRanks() {
        order.removeIf(entry -> entry.dropped);
        for (int i = 0; i < order.size(); i++) {
            order.get(i).place = i;
        }
        dropped = 0;
    }

    int size() {
        return byPrefix.size();
    }

    /** Every entry that isn't dropped; the visitor must not drop any. */
    void each(Consumer<Entry> visitor) {
        for (Entry entry : order) {
            if (!entry.dropped) {
                visitor.accept(entry);
            }
        }
    }

    /** Drops those that are of no use any more. */
    void dropUseless() {
        order.stream().filter(Entry::isUseless).toList().forEach(this::drop);
    }

    void beginWalk() {
        walkAt = 0;
        walkEnd = order.size();
    }

    void endWalk() {
        walkAt = 0;
        walkEnd = 0;
    }

    boolean isWalking() {
        return walkAt < walkEnd;
    }

    /** Places that the walk has yet to visit; some may be those of dropped entries. */
    int stepsLeft() {
        return walkEnd - walkAt;
    }

    /** The entry of the next place; it may be dropped. */
    Entry step() {
        return order.get(walkAt++);
    }

    /** True while the walk has yet to come to this entry. */
    boolean isAhead(Entry entry) {
        return entry.place >= walkAt && entry.place < walkEnd;
    }
}
