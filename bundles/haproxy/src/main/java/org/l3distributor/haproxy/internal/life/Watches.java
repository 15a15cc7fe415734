// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Watches the processes of one load balancer, each once, until they end. What can't be watched may be tried again. */
final class Watches implements AutoCloseable {
    /** Must not wait. */
    interface Ended {
        /** @param at when the kernel told of it */
        void ended(long pid, Instant at);
    }

    /** Must not wait. */
    interface Unwatched {
        /** @param why the kernel's refusal, or that of whoever asks it */
        void unwatched(long pid, Throwable why);
    }

    private final Programs programs;
    private final Ended ended;
    private final Unwatched unwatched;
    private final Map<Long, Programs.Watch> watched = new HashMap<>();
    private boolean closed;

    /**
     * @param ended told of each process that has ended
     * @param unwatched told of each one whose end nobody will tell
     */
    Watches(Programs programs, Ended ended, Unwatched unwatched) {
        this.programs = programs;
        this.ended = ended;
        this.unwatched = unwatched;
    }

    void watch(long pid) {
        Programs.Watch watch;
        synchronized (this) {
            if (closed || watched.containsKey(pid)) {
                return;
            }
            watch = programs.watch(pid);
            watched.put(pid, watch);
        }
        watch.ended().whenComplete((at, why) -> {
            if (why == null) {
                end(pid, () -> ended.ended(pid, at));
            } else {
                end(pid, () -> unwatched.unwatched(pid, why));
            }
        });
    }

    private void end(long pid, Runnable telling) {
        Programs.Watch watch;
        synchronized (this) {
            watch = watched.remove(pid);
        }
        if (watch != null) { // else closed meanwhile
            telling.run();
            watch.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        watched.values().forEach(Programs.Watch::close);
        watched.clear();
    }
}
