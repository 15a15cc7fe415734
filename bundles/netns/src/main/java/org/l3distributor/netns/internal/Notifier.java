// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.VipEvent;

/**
 * Tells the outside, on a thread that never leaves the process's own network namespace: whoever opens a socket when
 * told must not find itself in the load balancer's. It is started at once, because a thread begins its life in the
 * namespace of the one that starts it. Its queue is bounded by what fills it: a request is answered once,
 * and VIPs come and go as often as somebody makes them.
 */
final class Notifier implements AutoCloseable {
    private final List<Consumer<VipEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<InterfaceEvent>> interfaceListeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor thread;

    Notifier(String name) {
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.prestartCoreThread();
    }

    AutoCloseable listen(Consumer<VipEvent> listener) {
        return add(listeners, listener);
    }

    AutoCloseable listenInterfaces(Consumer<InterfaceEvent> listener) {
        return add(interfaceListeners, listener);
    }

    private static <E> AutoCloseable add(List<Consumer<E>> listeners, Consumer<E> listener) {
        // A wrapper of its own each time, so that listening twice and ending once leaves one.
        Consumer<E> own = event -> listener.accept(event);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void tell(List<VipEvent> events, NetnsLog log) {
        tell(listeners, events, log);
    }

    void tellInterfaces(List<InterfaceEvent> events, NetnsLog log) {
        tell(interfaceListeners, events, log);
    }

    private <E> void tell(List<Consumer<E>> listeners, List<E> events, NetnsLog log) {
        if (!events.isEmpty()) {
            run(() -> events.forEach(event -> listeners.forEach(listener -> tell(listener, event, log))));
        }
    }

    private static <E> void tell(Consumer<E> listener, E event, NetnsLog log) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.listenerFailed(e);
        }
    }

    void run(Runnable answer) {
        try {
            thread.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run(); // the service has stopped: an answer from the wrong thread is better than none
        }
    }

    /** Tells what is queued, for a second at most, and ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
