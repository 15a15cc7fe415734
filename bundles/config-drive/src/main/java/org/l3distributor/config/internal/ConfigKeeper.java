// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.service.AgentConfiguration;

/**
 * The newest reading and those who want to hear of it. The first reading is made by the constructor, so that nobody
 * sees an empty one; all later ones on one thread of its own, again and again while something is missing or wrong.
 */
final class ConfigKeeper implements AgentConfiguration, AutoCloseable {
    private final Consumer<@Nullable HttpSettings> http;
    /** How many times longer to wait when nothing is wrong, and only nobody has written a profile (yet). */
    private static final int SELDOM = 30;

    /** A listener that moves is moved so long after the call that moved it: its answer still goes out there. */
    private static final long MOVE_MILLIS = 500;

    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<AgentSettings>> settingsListeners = new CopyOnWriteArrayList<>();
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
                ConfigLog.waiting(delaySeconds());
                schedule();
            }
        });
    }

    AgentSettings settings() {
        return reading.settings();
    }

    AutoCloseable listenToSettings(Consumer<AgentSettings> listener) {
        settingsListeners.add(listener);
        return () -> settingsListeners.remove(listener);
    }

    /** See {@code AgentFiles}. */
    CompletionStage<Reply<Reply.Ok>> replaceConfiguration(byte[] text) {
        return onExecutor("configuration", () -> {
            Reading before = reading;
            return importer.push(text, overlay, before).map(now -> {
                reading = now;
                announce(before, now, MOVE_MILLIS);
                return Reply.Ok.OK;
            });
        });
    }

    /** See {@code AgentFiles}. */
    CompletionStage<Reply<Reply.Ok>> replaceServerCertificate(byte[] pem) {
        return onExecutor("certificate", () -> ServerCertificate.replace(reading.http(), pem));
    }

    private CompletionStage<Reply<Reply.Ok>> onExecutor(String what, Supplier<Reply<Reply.Ok>> change) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Reply<Reply.Ok> reply = change.get();
                    if (reply instanceof Reply.Refused<Reply.Ok> refused) {
                        ConfigLog.refused(what, String.valueOf(refused.details()));
                    }
                    return reply;
                },
                executor);
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
                announce(before, reading, 0);
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

    /** @param httpMillis when the listener is told */
    private void announce(Reading before, Reading now, long httpMillis) {
        ConfigLog.read(now);
        if (!now.complete() && before.complete()) {
            ConfigLog.waiting(delaySeconds());
        }
        if (httpMillis == 0) {
            guarded(() -> http.accept(now.http()));
        } else if (!Objects.equals(before.http(), now.http())) {
            ScheduledFuture<?> unused =
                    executor.schedule(() -> guarded(() -> http.accept(now.http())), httpMillis, TimeUnit.MILLISECONDS);
        }
        if (!now.snapshot().equals(before.snapshot())) {
            listeners.forEach(listener -> guarded(() -> listener.accept(now.snapshot())));
        }
        if (!now.settings().equals(before.settings())) {
            settingsListeners.forEach(listener -> guarded(() -> listener.accept(now.settings())));
        }
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
            next = executor.schedule(this::look, delaySeconds(), TimeUnit.SECONDS);
        }
    }

    private int delaySeconds() {
        return reading.faults().isEmpty() ? SELDOM * rereadSeconds : rereadSeconds;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
