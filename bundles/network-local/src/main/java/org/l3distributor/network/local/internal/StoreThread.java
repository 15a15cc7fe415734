// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.StoreException;

/** The one thread that waits for the store. */
final class StoreThread implements AutoCloseable {
    /** Calls that may wait; more are refused. */
    private static final int WAITING = 1_024;

    /** Something that the store is asked for. */
    interface Call<T> {
        Outcome<T> ask() throws StoreException;
    }

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> new Thread(task, "l3d-network"));

    <T> CompletionStage<Outcome<T>> run(Call<T> call) {
        CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> answer(call, answer));
        } catch (RejectedExecutionException full) {
            answer.complete(Outcome.refused(Refusal.notReady(
                    executor.isShutdown()
                            ? "the network driver has ended"
                            : WAITING + " calls wait for the network driver; try again")));
        }
        return answer;
    }

    private static <T> void answer(Call<T> call, CompletableFuture<Outcome<T>> answer) {
        try {
            answer.complete(call.ask());
        } catch (StoreException e) {
            answer.complete(Outcome.refused(Refusal.notReady("nothing was changed: " + e.getMessage())));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** What waits is still done, for at most five seconds; the rest is refused. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
