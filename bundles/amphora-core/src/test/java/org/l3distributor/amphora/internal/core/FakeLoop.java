// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop whose time passes when the test says so. */
final class FakeLoop implements Loop {
    private record Timer(Instant at, long order, Runnable task) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;
    /** Tasks run so far: how much work something was. */
    long ran;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now.plus(delay), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public Instant now() {
        return now;
    }

    boolean runOne() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        ran++;
        task.run();
        return true;
    }

    int timers() {
        return timers.size();
    }

    /** Passes the time to the next timer that is due by then; false when there is none. */
    boolean toNextTimer(Instant until) {
        Timer timer = timers.peek();
        if (timer == null || timer.at.isAfter(until)) {
            now = until;
            return false;
        }
        timers.remove();
        now = timer.at;
        tasks.add(timer.task);
        return true;
    }
}
