// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.noop.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.Progress;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.store.StoreException;

/** Runs operations in the order in which they came, on one thread; when it is closed, those that are left fail. */
final class OneByOne implements AutoCloseable {
    /** What an operation does; it may wait for the records. */
    interface Work<T> {
        DriverResult<T> run() throws StoreException;
    }

    private static final String CLOSED = "the driver was stopped";

    private final ExecutorService executor;
    private final Set<RunningOperation<?>> open = ConcurrentHashMap.newKeySet();

    OneByOne(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Operation<T> run(Work<T> work) {
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

    private <T> void end(RunningOperation<T> operation, DriverResult<T> result) {
        open.remove(operation);
        operation.end(result);
    }

    /** A bug is told to whoever asked, like any other failure: the thread must not end by it. */
    private static <T> DriverResult<T> result(Work<T> work) {
        try {
            return work.run();
        } catch (StoreException e) {
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
