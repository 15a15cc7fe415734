// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** Watches the processes of one load balancer, each once, until they end. */
final class Watches implements AutoCloseable {
    private final Programs programs;
    private final LongConsumer ended;
    private final Map<Long, Programs.Watch> watched = new HashMap<>();
    private boolean closed;

    /** @param ended told the pid of a process that has ended; must not wait */
    Watches(Programs programs, LongConsumer ended) {
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
        watch.ended().thenRun(() -> end(pid));
    }

    private void end(long pid) {
        synchronized (this) {
            Programs.Watch watch = watched.remove(pid);
            if (watch == null || closed) {
                return;
            }
            watch.close();
        }
        ended.accept(pid);
    }

    @Override
    public synchronized void close() {
        closed = true;
        watched.values().forEach(Programs.Watch::close);
        watched.clear();
    }
}
