// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.store.StoreException;

/**
 * The few threads on which the driver waits for its records, and the operations that are open. When it is closed these
 * fail, and nothing more is begun; a database that hangs may hold the threads longer.
 */
final class Desk implements AutoCloseable {
    /** What may wait for the records. */
    interface Work<T> {
        T run() throws StoreException;
    }

    private static final int THREADS = 4;
    private static final String CLOSED = "the driver was stopped";

    private final DriverMetrics metrics;
    private final ExecutorService executor;
    private final Set<RunningOperation<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Desk(DriverMetrics metrics) {
        this.metrics = metrics;
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "l3bgp-records-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the work on a thread of the driver's; completes exceptionally with what it throws, and once this is closed. */
    <T> CompletableFuture<T> work(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> run(work, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new StoreException(CLOSED, e));
        }
        return result;
    }

    private <T> void run(Work<T> work, CompletableFuture<T> result) {
        try {
            if (closed) {
                throw new StoreException(CLOSED, new IllegalStateException(CLOSED));
            }
            result.complete(work.run());
        } catch (StoreException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Runs the work after a while; never, when this is closed before. */
    <T> CompletableFuture<T> later(long millis, Work<T> work) {
        return CompletableFuture.completedFuture(null)
                .thenComposeAsync(
                        ignored -> work(work), CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    /** An operation that ends with the stage, or with this, whichever comes first. */
    <T> RunningOperation<T> operation(Function<RunningOperation<T>, CompletionStage<DriverResult<T>>> begin) {
        RunningOperation<T> operation = new RunningOperation<>();
        open.add(operation);
        metrics.begun();
        if (closed) { // after it was added: whoever closes either finds it or has been seen here
            end(operation, new DriverResult.Failed<>(CLOSED));
            return operation;
        }
        begin.apply(operation)
                .whenComplete((result, thrown) -> end(operation, thrown == null ? result : failed(thrown)));
        return operation;
    }

    private <T> void end(RunningOperation<T> operation, DriverResult<T> result) {
        open.remove(operation);
        if (operation.end(result)) {
            metrics.ended(result);
        }
    }

    /** What the caller is told of a fault; a bug is told to the log, too. */
    static <T> DriverResult<T> failed(@Nullable Throwable thrown) {
        Throwable cause = Optional.ofNullable(thrown)
                .filter(CompletionException.class::isInstance)
                .map(Throwable::getCause)
                .orElse(thrown);
        if (cause instanceof StoreException) {
            return new DriverResult.Failed<>(String.valueOf(cause.getMessage()));
        }
        DriverLog.bug(cause);
        return new DriverResult.Failed<>("a fault of the driver: " + cause);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        for (RunningOperation<?> operation : open) {
            fail(operation);
        }
        executor.shutdown();
    }

    private <T> void fail(RunningOperation<T> operation) {
        end(operation, new DriverResult.Failed<>(CLOSED));
    }
}
