// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/**
 * Claims tasks that are due, and runs each on a thread of its own. Claims are renewed while it does; a controller that dies
 * leaves them to others when their leases end. One that can't reach the tables renews nothing, and whatever it does
 * meanwhile is done again by somebody else.
 */
public final class Worker implements AutoCloseable {
    /**
     * @param controllerId this controller's, unique among those that share the tables, at most 64 characters
     * @param threads so many tasks at once, besides those that are kept for what can't wait
     * @param lease how long others wait for a controller that says nothing; renewed three times as often
     * @param poll how often due tasks are looked for; {@link #nudge} is faster
     */
    public record Settings(
            String controllerId, String distributorId, int threads, Duration lease, Duration poll, Limits limits) {}

    private static final Duration FAREWELL = Duration.ofMillis(300);

    /** What withdraws routes of the dead: their traffic is lost until then. */
    private static final Set<String> URGENT = Set.of(Kind.AMPHORA_REPLACE.name(), Kind.SPEAKER_REPLACE.name());

    /** So many threads are kept for it: the others may all wait for amphorae or drivers that don't answer. */
    private static final int KEPT = 4;

    private final ControllerStore store;
    private final Settings settings;
    private final WorkLog log;
    private final TaskRun runner;
    private final Map<String, Round> rounds;
    private final ExecutorService threads;
    private final ExecutorService kept;
    private final ScheduledExecutorService clock;
    private final Map<String, Task> held = new ConcurrentHashMap<>();

    /** Of those that are held, the ids of those on kept threads. */
    private final Set<String> onKept = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    public Worker(ControllerStore store, Effects effects, Settings settings, WorkLog log) {
        this(store, effects, settings, log, Map.of());
    }

    /** @param rounds what is done for tasks that are never over */
    public Worker(ControllerStore store, Effects effects, Settings settings, WorkLog log, Map<Kind, Round> rounds) {
        this.store = store;
        Map<String, Round> byName = new HashMap<>();
        rounds.forEach((kind, round) -> byName.put(kind.name(), round));
        this.rounds = Map.copyOf(byName);
        this.settings = settings;
        this.log = log;
        runner = new TaskRun(store, effects, settings.distributorId(), settings.limits());
        threads = Executors.newFixedThreadPool(settings.threads(), daemon("controller-task"));
        kept = Executors.newFixedThreadPool(KEPT, daemon("controller-replace"));
        clock = Executors.newScheduledThreadPool(2, daemon("controller-claim"));
        long renewal = settings.lease().toMillis() / 3;
        every(settings.poll().toMillis(), this::claim);
        every(renewal, this::renew);
    }

    private void every(long pause, Runnable work) {
        var unused = clock.scheduleWithFixedDelay(work, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A task was just stored: it is looked for at once. */
    public void nudge() {
        try {
            var unused = clock.schedule(this::claim, 0, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /** How many tasks this controller works on. */
    public int busy() {
        return held.size();
    }

    private record Claimed(List<Task> urgent, List<Task> any) {}

    private synchronized void claim() {
        int urgent = onKept.size();
        int freeKept = KEPT - urgent;
        int free = settings.threads() - (held.size() - urgent);
        if (freeKept + Math.max(0, free) <= 0 || closed) {
            return;
        }
        try {
            Claimed claimed = store.in(tx -> new Claimed(
                    freeKept > 0 ? due(tx, URGENT, freeKept) : List.of(),
                    free > 0 ? due(tx, Set.of(), free) : List.of()));
            log.reachable();
            for (Task task : claimed.urgent()) {
                onKept.add(task.id());
                held.put(task.id(), task);
                kept.execute(() -> run(task));
            }
            for (Task task : claimed.any()) {
                held.put(task.id(), task);
                threads.execute(() -> run(task));
            }
        } catch (StoreException e) {
            log.unreachable(e);
        } catch (RejectedExecutionException e) {
            held.clear(); // closed meanwhile: the claims end with their leases
            onKept.clear();
        } catch (RuntimeException e) {
            log.bug("claim", e); // the schedule would end with it
        }
    }

    private List<Task> due(Transaction tx, Set<String> kinds, int most) {
        return tx.tasks().claim(settings.controllerId(), kinds, most, settings.lease());
    }

    private void run(Task task) {
        try {
            Round round = rounds.get(task.kind());
            if (round == null) {
                log.ended(task, runner.run(task));
            } else {
                log.round(task, RoundRun.of(store, task, round).trouble());
            }
        } catch (StoreException e) {
            log.interrupted(task, e);
        } catch (RuntimeException e) {
            log.bug(task.kind() + " " + task.targetId(), e); // taken up again when its lease ends
        } finally {
            onKept.remove(task.id()); // first: a claim meanwhile takes too few, and never too many
            held.remove(task.id());
        }
        nudge(); // there is a free thread, and what this one has done may let another task begin
    }

    private void renew() {
        for (Task task : held.values()) {
            try {
                boolean ours = store.in(tx -> tx.tasks().renew(task, settings.lease()));
                if (!ours && task.equals(held.get(task.id()))) { // else it was given back meanwhile
                    log.lost(task);
                }
            } catch (StoreException e) {
                log.unreachable(e);
                return;
            } catch (RuntimeException e) {
                log.bug("renew", e);
            }
        }
    }

    /**
     * Begins nothing more; what runs is interrupted, and done by others or after the next start. Transactions are given a
     * moment, since the tables may be closed next; who waits for an amphora's answer isn't waited for.
     */
    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        threads.shutdownNow();
        kept.shutdownNow();
        try {
            boolean unused = clock.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    && threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    && kept.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
