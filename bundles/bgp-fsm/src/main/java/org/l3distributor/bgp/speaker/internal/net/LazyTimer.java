// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is cheap to start anew, for the hold timer starts anew with every message: the deadline moves, and the
 * scheduled task looks at it when it runs. Used on its loop alone.
 */
final class LazyTimer {
    private final EventExecutor loop;
    private final Runnable expired;
    private @Nullable ScheduledFuture<?> task;
    private long taskAt;
    private long deadline;
    private boolean armed;

    LazyTimer(EventExecutor loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    void arm(Duration duration) {
        deadline = System.nanoTime() + duration.toNanos();
        armed = true;
        if (task != null && taskAt - deadline > 0) {
            task.cancel(false);
            task = null;
        }
        if (task == null) {
            schedule();
        }
    }

    private void schedule() {
        taskAt = deadline;
        task = loop.schedule(this::fire, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        task = null;
        if (!armed) {
            return;
        }
        if (deadline - System.nanoTime() > 0) {
            schedule();
        } else {
            armed = false;
            expired.run();
        }
    }

    void disarm() {
        armed = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }
}
