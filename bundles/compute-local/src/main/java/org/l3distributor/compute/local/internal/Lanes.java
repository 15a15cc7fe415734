// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/**
 * A machine's lane does one thing at a time: a thread here, and a lock on a file (fcntl(2)) against other controllers of this
 * host on the same directory. The kernel lets go of the lock of one that dies.
 */
final class Lanes implements AutoCloseable {
    private static final int COUNT = 8;
    private static final int WAITING = 1_024;

    /** Something that is done to a machine. */
    interface Work<T> {
        Outcome<T> done() throws IOException;
    }

    private final Path root;
    private final List<ThreadPoolExecutor> threads = new ArrayList<>();
    private final ThreadPoolExecutor readers;

    Lanes(Path root) {
        this.root = root;
        for (int i = 0; i < COUNT; i++) {
            threads.add(thread("l3d-machines-" + i));
        }
        readers = thread("l3d-machines-read");
    }

    private static ThreadPoolExecutor thread(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** After whatever is done to this machine now. */
    <T> CompletionStage<Outcome<T>> on(String amphoraId, Work<T> work) {
        int lane = Math.floorMod(amphoraId.hashCode(), COUNT);
        return run(threads.get(lane), () -> {
            try (FileChannel file = FileChannel.open(root.resolve(".lane-" + lane), CREATE, WRITE);
                    FileLock lock = file.lock()) {
                return lock.isValid() ? work.done() : Outcome.refused(Refusal.notReady("its lock was lost"));
            }
        });
    }

    /** Beside everything else: looks, and changes nothing. */
    <T> CompletionStage<Outcome<T>> look(Work<T> work) {
        return run(readers, work);
    }

    private static <T> CompletionStage<Outcome<T>> run(ThreadPoolExecutor executor, Work<T> work) {
        CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    answer.complete(work.done());
                } catch (IOException e) {
                    answer.complete(Outcome.refused(Refusal.notReady(String.valueOf(e.getMessage()))));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            answer.complete(Outcome.refused(Refusal.notReady(
                    executor.isShutdown() ? "the compute driver has ended" : WAITING + " calls wait; try again")));
        }
        return answer;
    }

    /** What is under way is interrupted; it is gone on with by whoever opens the directory next. */
    @Override
    public void close() {
        threads.forEach(ThreadPoolExecutor::shutdownNow);
        readers.shutdownNow();
        try {
            for (ThreadPoolExecutor thread : threads) {
                thread.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
