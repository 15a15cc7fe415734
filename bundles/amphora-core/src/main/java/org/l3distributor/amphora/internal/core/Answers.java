// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** The answers that are owed: each is given once, by the loop, and none is forgotten when the core stops. */
final class Answers implements AutoCloseable {
    private final Loop loop;
    private final Set<Runnable> owed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Answers(Loop loop) {
        this.loop = loop;
    }

    /** Runs the work on the loop; what it throws is the answer's failure. Any thread. */
    <T> CompletionStage<Outcome<T>> outcome(Consumer<CompletableFuture<Outcome<T>>> work) {
        Refusal stopping = Refusal.notReady("the distributor is being stopped; ask again");
        return answer(work, future -> future.complete(Outcome.refused(stopping)));
    }

    /** As {@link #outcome}, for what can't be refused: it fails when the core stops. */
    <T> CompletionStage<T> value(Consumer<CompletableFuture<T>> work) {
        return answer(
                work, future -> future.completeExceptionally(new IllegalStateException("the distributor stopped")));
    }

    private <T> CompletionStage<T> answer(
            Consumer<CompletableFuture<T>> work, Consumer<CompletableFuture<T>> whenClosed) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Runnable give = () -> whenClosed.accept(future);
        owed.add(give);
        CompletionStage<T> done = future.whenComplete((value, error) -> owed.remove(give));
        if (closed) {
            give.run();
        } else {
            loop.execute(() -> {
                if (!closed) {
                    guarded(future, () -> work.accept(future));
                }
            });
        }
        return done;
    }

    /** Waits on the loop for a stage of the speaker, up to a bound. */
    <V> void await(CompletionStage<V> stage, Duration bound, Consumer<V> told, Runnable late, CompletableFuture<?> of) {
        boolean[] over = new boolean[1]; // on the loop only
        Loop.Cancellable timer = loop.after(bound, () -> {
            over[0] = true;
            guarded(of, late);
        });
        stage.whenComplete((value, error) -> loop.execute(() -> {
            if (over[0]) {
                return;
            }
            timer.cancel();
            if (error != null) {
                of.completeExceptionally(error);
            } else {
                guarded(of, () -> told.accept(value));
            }
        }));
    }

    /** Runs a part of the work of an answer; what it throws is the answer's failure. */
    static void guarded(CompletableFuture<?> answer, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            CoreLog.bug(e);
            answer.completeExceptionally(e);
        }
    }

    /** Gives every answer that is still owed: that the core stops. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(owed).forEach(Runnable::run);
    }
}
