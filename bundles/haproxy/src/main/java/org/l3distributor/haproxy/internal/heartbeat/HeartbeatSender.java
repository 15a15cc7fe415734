// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.l3distributor.haproxy.Controller;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.l3distributor.haproxy.HeartbeatStatus;
import org.l3distributor.haproxy.Heartbeats;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;

/** Sends heartbeats with a thread of its own, which lives in the process's own network namespace. */
public final class HeartbeatSender implements Heartbeats, AutoCloseable {
    private static final long PATIENCE_SECONDS = 3;

    private final Haproxy haproxy;
    private final CounterFile file;
    private final Clock clock;
    private final HeartbeatLog log = new HeartbeatLog();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "haproxy-heartbeat");
        made.setDaemon(true);
        return made;
    });

    // Of the thread alone:
    private @Nullable Counters counters;
    private @Nullable DatagramChannel channel;
    private long sequence;
    private int turn;
    private boolean saveFailed;

    // Of whoever holds the lock:
    private @Nullable HeartbeatSettings settings;
    private @Nullable Future<?> schedule;
    private HeartbeatStatus status = new HeartbeatStatus(false, 0, null, null);

    HeartbeatSender(Haproxy haproxy, CounterFile file, Clock clock) {
        this.haproxy = haproxy;
        this.file = file;
        this.clock = clock;
        thread.setRemoveOnCancelPolicy(true);
        thread.prestartCoreThread(); // a thread begins its life in the namespace of the one that starts it
    }

    @Override
    public synchronized void send(HeartbeatSettings wanted) {
        if (wanted.equals(settings)) {
            return;
        }
        cancel();
        settings = wanted;
        status = new HeartbeatStatus(true, status.sent(), status.last(), status.error());
        long nanos = wanted.interval().toNanos();
        schedule = thread.scheduleAtFixedRate(() -> beat(wanted), 0, nanos, TimeUnit.NANOSECONDS);
        log.sending(wanted);
    }

    @Override
    public synchronized void stop() {
        if (settings != null) {
            cancel();
            log.stopped();
        }
        settings = null;
        status = new HeartbeatStatus(false, status.sent(), status.last(), null);
    }

    private synchronized void cancel() {
        if (schedule != null) {
            schedule.cancel(false);
            schedule = null;
        }
    }

    @Override
    public synchronized HeartbeatStatus status() {
        return status;
    }

    private void beat(HeartbeatSettings wanted) {
        try {
            send(wanted, gather(), haproxy.snapshot());
        } catch (IOException | RuntimeException e) {
            // A scheduled task that throws isn't run again, and one lost heartbeat is not the end of an amphora.
            failed(wanted, e);
        }
    }

    /** Those that don't answer are left out, by which Octavia knows that they are dead. */
    private List<Statistics> gather() {
        List<CompletableFuture<Optional<Statistics>>> asked = new ArrayList<>();
        for (LoadBalancerState state : haproxy.snapshot().loadBalancers()) {
            if (state.workerPid() != 0) {
                asked.add(haproxy.statistics(state.id()).toCompletableFuture());
            }
        }
        List<Statistics> answers = new ArrayList<>();
        asked.forEach(one -> answer(one).ifPresent(answers::add));
        return answers;
    }

    private static Optional<Statistics> answer(CompletableFuture<Optional<Statistics>> asked) {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void send(HeartbeatSettings wanted, List<Statistics> all, HaproxySnapshot snapshot) throws IOException {
        Counters.Step step = counters().step(all);
        Map<String, Heartbeat.Listener> listeners = new HashMap<>();
        Map<String, Heartbeat.Pool> pools = new HashMap<>();
        for (Statistics statistics : all) {
            for (Statistics.Listener listener : statistics.listeners()) {
                Counters.Delta delta = step.deltas().getOrDefault(listener.id(), Counters.Delta.NONE);
                listeners.put(
                        listener.id(), new Heartbeat.Listener(listener.status(), delta.counts(listener.connections())));
            }
            statistics.pools().forEach(pool -> pools.put(pool.id(), new Heartbeat.Pool(pool.status(), pool.members())));
        }
        byte[] json = new Heartbeat(wanted.amphora(), sequence, listeners, pools).toJson();
        if (sent(wanted, Envelope.seal(json, wanted.key()))) {
            // Only now: what didn't go out is told with the next one.
            Counters after = step.next().retain(known(listeners.keySet(), snapshot));
            if (!after.equals(counters)) {
                counters = after;
                save(after);
            }
        }
    }

    /** Looked for once. Without the file some numbers are told twice; without heartbeats Octavia deletes the amphora. */
    private Counters counters() {
        if (counters == null) {
            try {
                counters = file.load();
            } catch (IOException e) {
                log.countersNotLoaded(e);
                counters = Counters.empty();
            }
        }
        return counters;
    }

    /** Without it a restart of the appliance tells some numbers twice; the heartbeat itself was sent. */
    private void save(Counters after) {
        try {
            file.save(after);
            saveFailed = false;
        } catch (IOException e) {
            if (!saveFailed) {
                log.countersNotSaved(e);
            }
            saveFailed = true;
        }
    }

    private static Set<String> known(Set<String> told, HaproxySnapshot snapshot) {
        Set<String> known = new HashSet<>(told);
        snapshot.loadBalancers()
                .forEach(state ->
                        state.running().frontends().stream().map(Frontend::id).forEach(known::add));
        return known;
    }

    /** Whether it was given to the network; not when somebody has stopped this or changed the settings. */
    private synchronized boolean sent(HeartbeatSettings wanted, byte[] datagram) throws IOException {
        if (!wanted.equals(settings)) {
            return false;
        }
        Controller to = wanted.controllers().get(turn++ % wanted.controllers().size());
        if (channel == null) {
            channel = DatagramChannel.open();
        }
        sequence++;
        channel.send(
                ByteBuffer.wrap(datagram), new InetSocketAddress(to.address().toInetAddress(), to.port()));
        if (status.error() != null || status.sent() == 0) {
            log.sent(to);
        }
        status = new HeartbeatStatus(true, status.sent() + 1, clock.instant(), null);
        return true;
    }

    private synchronized void failed(HeartbeatSettings wanted, Exception fault) {
        if (wanted.equals(settings)) {
            String words = String.valueOf(fault.getMessage());
            if (!words.equals(status.error())) {
                log.failed(fault);
            }
            status = new HeartbeatStatus(true, status.sent(), status.last(), words);
        }
    }

    @Override
    public void close() {
        stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS + 1, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        closeChannel();
    }

    private synchronized void closeChannel() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                log.failed(e);
            }
        }
    }
}
