// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.service.AgentConfiguration;

/**
 * The newest reading and those who want to hear of it. The first reading is made by the constructor, so that nobody
 * sees an empty one; all later ones on one thread of its own, again and again while something is missing or wrong.
 */
final class ConfigKeeper implements AgentConfiguration, AutoCloseable {
    private final Consumer<@Nullable HttpSettings> http;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor;

    // Of the executor's thread, after the constructor.
    private Importer importer;
    private Overlay overlay;
    private int rereadSeconds;
    private @Nullable ScheduledFuture<?> next;

    private volatile Reading reading = Reading.NONE;

    /**
     * @param rereadSeconds how long to wait before an incomplete configuration is looked at again, at least 1
     * @param http told where the listener is to stand, null for nowhere, whenever that may have changed
     */
    ConfigKeeper(Importer importer, Overlay overlay, int rereadSeconds, Consumer<@Nullable HttpSettings> http) {
        this.importer = importer;
        this.overlay = overlay;
        this.rereadSeconds = rereadSeconds;
        this.http = http;
        this.reading = importer.read(overlay, Reading.NONE);
        ConfigLog.read(reading);
        guarded(() -> http.accept(reading.http()));
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "l3-config");
            thread.setDaemon(true);
            return thread;
        });
        executor.execute(() -> {
            if (!reading.complete()) {
                ConfigLog.waiting(rereadSeconds);
                schedule();
            }
        });
    }

    @Override
    public Snapshot snapshot() {
        return reading.snapshot();
    }

    @Override
    public AutoCloseable listen(Consumer<Snapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Takes over other settings and reads again, soon. */
    void configure(Importer otherImporter, Overlay otherOverlay, int otherRereadSeconds) {
        executor.execute(() -> {
            importer = otherImporter;
            overlay = otherOverlay;
            rereadSeconds = otherRereadSeconds;
            look();
        });
    }

    private void look() {
        if (next != null) {
            next.cancel(false);
        }
        Reading before = reading;
        try {
            reading = importer.read(overlay, before);
            if (!reading.equals(before)) {
                announce(before, reading);
            }
        } catch (RuntimeException e) {
            // The executor would swallow it, and the polling must not end because of it.
            ConfigLog.failed(e);
        } finally {
            if (!reading.complete()) {
                schedule();
            }
        }
    }

    private void announce(Reading before, Reading now) {
        ConfigLog.read(now);
        if (!now.complete() && before.complete()) {
            ConfigLog.waiting(rereadSeconds);
        }
        guarded(() -> http.accept(now.http()));
        listeners.forEach(listener -> guarded(() -> listener.accept(now.snapshot())));
    }

    /** One that fails must keep nothing from the others. */
    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            ConfigLog.failed(e);
        }
    }

    private void schedule() {
        if (!executor.isShutdown()) {
            next = executor.schedule(this::look, rereadSeconds, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
