// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Change;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;

/**
 * The only caller of the store, on a thread of its own. Jobs run in the order given; changes that stand in the queue
 * together are made in one transaction (group commit). When such a transaction fails, the writer takes no further
 * change before {@link #resume}: those in the queue were decided on a state that didn't come about. Outcomes are told
 * on the loop.
 */
public final class StoreWriter {
    private static final int MOST_ROWS_TOGETHER = 20_000;

    /** Told on the loop, in the order of the transactions. */
    public interface Listener {
        /** The oldest {@code changes} changes are durable. */
        void committed(int changes);

        /** The oldest changes failed, and no later one will be made before {@link StoreWriter#resume}. */
        void failed(String reason);
    }

    /** One call of the store. */
    public interface Call<T> {
        T on(ApplianceStore store) throws StoreException;
    }

    /** What a call gave, or why it failed. */
    public record Result<T>(@Nullable T value, @Nullable String fault) {}

    private sealed interface Job {}

    private record ChangeJob(Change change, Listener listener) implements Job {}

    private record CallJob(Runnable run) implements Job {}

    private final Executor thread;
    private final Executor loop;
    private final Object lock = new Object();
    private final Deque<Job> queue = new ArrayDeque<>();
    private boolean scheduled;
    private boolean halted;
    private volatile @Nullable ApplianceStore store;

    private final LongAdder commits = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final LongAdder failures = new LongAdder();

    public StoreWriter(Executor thread, Executor loop) {
        this.thread = thread;
        this.loop = loop;
    }

    /** Which store the jobs from now on run on; null = there is none, and they fail. */
    public void use(@Nullable ApplianceStore newStore) {
        store = newStore;
    }

    /** Queues a change of the one listener. An empty one just keeps its place in the order. */
    public void change(Change change, Listener listener) {
        enqueue(new ChangeJob(change, listener));
    }

    /** Queues any other call. */
    public <T> void call(Call<T> call, Consumer<Result<T>> told) {
        enqueue(new CallJob(() -> {
            Result<T> result = attempt(call);
            loop.execute(() -> told.accept(result));
        }));
    }

    /** Forgets the queued changes and takes new ones again. Called on the loop, after it has taken back what failed. */
    public void resume() {
        synchronized (lock) {
            queue.removeIf(job -> job instanceof ChangeJob);
            halted = false;
        }
    }

    public long commits() {
        return commits.sum();
    }

    public double commitSeconds() {
        return commitNanos.sum() / 1e9;
    }

    public long failures() {
        return failures.sum();
    }

    private void enqueue(Job job) {
        synchronized (lock) {
            queue.add(job);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        thread.execute(this::drain);
    }

    private void drain() {
        for (List<Job> batch = next(); !batch.isEmpty(); batch = next()) {
            if (batch.get(0) instanceof CallJob call) {
                call.run.run();
            } else if (batch.get(0) instanceof ChangeJob first) {
                commit(batch, first.listener);
            }
        }
    }

    /** One call, or as many changes as stand together at the head; none when there is nothing left to do. */
    private List<Job> next() {
        synchronized (lock) {
            if (halted) {
                queue.removeIf(job -> job instanceof ChangeJob);
            }
            List<Job> batch = new ArrayList<>();
            int rows = 0;
            while (queue.peek() instanceof ChangeJob job && rows < MOST_ROWS_TOGETHER) {
                rows += job.change.rows();
                batch.add(queue.remove());
            }
            if (batch.isEmpty() && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            scheduled = !batch.isEmpty();
            return batch;
        }
    }

    private void commit(List<Job> batch, Listener listener) {
        List<Change> changes = new ArrayList<>();
        for (Job job : batch) {
            if (job instanceof ChangeJob one) {
                changes.add(one.change);
            }
        }
        Change net = Change.netOf(changes);
        Result<Boolean> result = net.isEmpty()
                ? new Result<>(true, null)
                : attempt(on -> {
                    on.apply(net.added(), net.removed());
                    return true;
                });
        String fault = result.fault;
        if (fault == null) {
            loop.execute(() -> listener.committed(changes.size()));
            return;
        }
        synchronized (lock) {
            halted = true;
        }
        loop.execute(() -> listener.failed(fault));
    }

    private <T> Result<T> attempt(Call<T> call) {
        ApplianceStore current = store;
        if (current == null) {
            return new Result<>(null, "the store isn't there");
        }
        long start = System.nanoTime();
        try {
            T value = call.on(current);
            commits.increment();
            commitNanos.add(System.nanoTime() - start);
            return new Result<>(value, null);
        } catch (StoreException | RuntimeException e) { // a store going away may throw anything: it is told, as a fault
            failures.increment();
            return new Result<>(null, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
