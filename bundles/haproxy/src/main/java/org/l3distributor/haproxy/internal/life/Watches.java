// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Watches the processes of one load balancer, each once, until they end. */
final class Watches implements AutoCloseable {
    /** Must not wait. */
    interface Ended {
        /** @param at when the kernel told of it */
        void ended(long pid, Instant at);
    }

    private final Programs programs;
    private final Ended ended;
    private final Map<Long, Programs.Watch> watched = new HashMap<>();
    private boolean closed;

    /** @param ended told of each process that has ended */
    Watches(Programs programs, Ended ended) {
        this.programs = programs;
        this.ended = ended;
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
        watch.ended().thenAccept(at -> end(pid, at));
    }

    private void end(long pid, Instant at) {
        Programs.Watch watch;
        synchronized (this) {
            watch = watched.remove(pid);
        }
        if (watch != null) { // else closed meanwhile
            ended.ended(pid, at);
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
