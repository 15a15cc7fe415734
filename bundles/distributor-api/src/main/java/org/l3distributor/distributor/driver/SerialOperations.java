// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.l3distributor.distributor.store.StoreException;

/**
 * For drivers to run their operations on: one thread, in the order in which they came, so that an operation may wait for
 * the records and the disk. When it is closed, those that are left fail.
 */
public final class SerialOperations implements AutoCloseable {
    /** What an operation does. */
    public interface Work<T> {
        DriverResult<T> run() throws StoreException, IOException;
    }

    /** What is done again and again, between the operations. */
    public interface Round {
        void run() throws StoreException, IOException;
    }

    private static final String CLOSED = "the driver was stopped";

    private final ScheduledExecutorService executor;
    private final Set<RunningOperation<?>> open = ConcurrentHashMap.newKeySet();

    /** @param name of the thread */
    public SerialOperations(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Fails with what the work throws. */
    public <T> Operation<T> run(Work<T> work) {
        RunningOperation<T> operation = new RunningOperation<>();
        open.add(operation);
        try {
            executor.execute(() -> {
                if (open.contains(operation)) {
                    operation.progress(Progress.Phase.PLACING, 0, 1, "");
                    end(operation, result(work));
                }
            });
        } catch (RejectedExecutionException e) {
            end(operation, new DriverResult.Failed<>(CLOSED));
        }
        return operation;
    }

    /**
     * Runs a round after each interval, the first after one.
     *
     * @param failed told what a round threw; the next one comes all the same
     */
    public void each(Duration interval, Round round, Consumer<Exception> failed) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        round.run();
                    } catch (StoreException | IOException | RuntimeException e) {
                        failed.accept(e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private <T> void end(RunningOperation<T> operation, DriverResult<T> result) {
        open.remove(operation);
        operation.end(result);
    }

    /** A bug is told to whoever asked, like any other failure: the thread must not end by it. */
    private static <T> DriverResult<T> result(Work<T> work) {
        try {
            return work.run();
        } catch (StoreException | IOException e) {
            return new DriverResult.Failed<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new DriverResult.Failed<>("a fault of the driver: " + e);
        }
    }

    /**
     * Doesn't wait for the thread, for a database that hangs may hold it for long, and doesn't interrupt it: that would be
     * one more way for JDBC to fail. Nothing is begun after this.
     */
    @Override
    public void close() {
        executor.shutdown();
        for (RunningOperation<?> operation : open) {
            fail(operation);
        }
    }

    private <T> void fail(RunningOperation<T> operation) {
        end(operation, new DriverResult.Failed<>(CLOSED));
    }
}
