// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets one after the other, in the order of their coming; safe from any thread. */
final class Turns {
    private record Waiting(Object who, Runnable start) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Object current;

    /** Runs {@code start} when it is the turn of {@code who}, which may be at once. */
    void wait(Object who, Runnable start) {
        synchronized (this) {
            if (current != null) {
                waiting.add(new Waiting(who, start));
                return;
            }
            current = who;
        }
        start.run();
    }

    /** Ends the turn, or the waiting, of {@code who}; nothing when it has neither. */
    void end(Object who) {
        Waiting next;
        synchronized (this) {
            if (current != who) {
                waiting.removeIf(w -> w.who == who);
                return;
            }
            next = waiting.poll();
            current = next == null ? null : next.who;
        }
        if (next != null) {
            next.start.run();
        }
    }
}
