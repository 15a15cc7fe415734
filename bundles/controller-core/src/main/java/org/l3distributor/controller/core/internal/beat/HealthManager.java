// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.Secret;

/** Hears amphorae, and has those replaced that fall silent. */
public final class HealthManager implements AutoCloseable {
    /**
     * @param address where heartbeats come in
     * @param key what they are signed with
     * @param interval how often amphorae send them
     * @param silence how long it may last
     * @param batch how long heartbeats are collected for one transaction
     * @param look how often the silent are looked for
     */
    public record Settings(
            InetSocketAddress address,
            Secret key,
            Duration interval,
            Silence silence,
            WithdrawalBudget budget,
            Duration batch,
            Duration look) {}

    private static final int QUEUE = 1024;
    private static final Duration REFRESH = Duration.ofSeconds(10);
    private static final Duration REFRESH_WHEN_STALE = Duration.ofSeconds(1);

    private final ArrayBlockingQueue<Receiver.Datagram> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Counts counts = new Counts();
    private final Clock clock;
    private final Runnable declared;
    private final BeatLog log;
    private final Intake intake;
    private final Undertaker undertaker;
    private final Receiver receiver;
    private final ScheduledExecutorService writer;
    private final ScheduledExecutorService looker;
    private long refreshed = Long.MIN_VALUE; // the writer's alone

    /**
     * @param declared is called when amphorae were declared dead and tasks for them are stored; returns at once
     * @throws SocketException when the address can't be had
     */
    public HealthManager(ControllerStore store, Settings settings, Clock clock, Runnable declared, BeatLog log)
            throws SocketException {
        this.clock = clock;
        this.declared = declared;
        this.log = log;
        intake = new Intake(
                store,
                settings.key(),
                new HealthMachine(settings.interval()),
                settings.silence().timeout(),
                counts);
        undertaker =
                // In the time after which one is late each amphora has told one of a few controllers that it lives.
                new Undertaker(
                        store,
                        new Undertaker.Settings(
                                settings.silence(),
                                settings.budget(),
                                settings.silence().late()));
        receiver = new Receiver(settings.address(), queue, clock, counts);
        writer = one("controller-heartbeat-writer");
        looker = one("controller-undertaker");
        every(writer, settings.batch(), this::write);
        every(looker, settings.look(), this::look);
    }

    private static ScheduledExecutorService one(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private interface Work {
        void run() throws StoreException;
    }

    private void every(ScheduledExecutorService thread, Duration pause, Work work) {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                        log.reachable();
                    } catch (StoreException e) {
                        log.unreachable(e);
                    } catch (RuntimeException e) {
                        log.bug(e); // the schedule would end with it
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void write() throws StoreException {
        List<Receiver.Datagram> batch = new ArrayList<>();
        queue.drainTo(batch);
        try {
            long now = System.nanoTime();
            Duration old = intake.isStale() ? REFRESH_WHEN_STALE : REFRESH;
            if (refreshed == Long.MIN_VALUE || now - refreshed > old.toNanos()) {
                intake.refresh(clock.instant());
                refreshed = now;
            }
        } finally {
            intake.take(batch, clock.instant()); // also while the tables are away: it counts what it hears
        }
        intake.flush(clock);
    }

    private void look() throws StoreException {
        int before = undertaker.held();
        List<String> dead = undertaker.look();
        log.breaker(before, undertaker.held());
        if (!dead.isEmpty()) {
            declared.run();
            dead.forEach(log::dead);
        }
    }

    /** The UDP port in use. */
    public int port() {
        return receiver.port();
    }

    /** How many amphorae are silent and, since so many fell silent together, not declared dead. */
    public int held() {
        return undertaker.held();
    }

    Counts counts() {
        return counts;
    }

    @Override
    public void close() {
        receiver.close();
        writer.shutdownNow();
        looker.shutdownNow();
    }
}
