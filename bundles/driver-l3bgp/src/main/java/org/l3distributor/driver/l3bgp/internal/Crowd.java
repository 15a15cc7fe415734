// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does the same for each of many, some at a time: thousands of calls at once would only time out together. Work that is
 * slow makes room for the next, up to a bound: what waits for somebody who doesn't answer needs no processor.
 */
final class Crowd<T> {
    private final Iterator<T> left;
    private final Pace pace;
    private final Function<T, CompletionStage<?>> work;
    private final List<CompletableFuture<?>> slow = new ArrayList<>(); // under this object's lock

    /**
     * How many are under way.
     *
     * @param quick as long as none is slow
     * @param slowAfter milliseconds after which a work is taken for slow, and another one is begun in its place
     * @param slowOnes how many of these for each of the quick ones, 0 = none is taken for slow
     */
    record Pace(int quick, int slowAfter, int slowOnes) {
        static Pace of(int atATime) {
            return new Pace(atATime, 0, 0);
        }
    }

    private Crowd(Iterable<T> all, Pace pace, Function<T, CompletionStage<?>> work) {
        this.left = all.iterator();
        this.pace = pace;
        this.work = work;
    }

    /** Completes when all have ended; exceptionally when one did, with no further ones begun in its row. */
    static <T> CompletableFuture<Void> each(Iterable<T> all, int atATime, Function<T, CompletionStage<?>> work) {
        return each(all, Pace.of(atATime), work);
    }

    static <T> CompletableFuture<Void> each(Iterable<T> all, Pace pace, Function<T, CompletionStage<?>> work) {
        Crowd<T> crowd = new Crowd<>(all, pace, work);
        List<CompletableFuture<Void>> rows = new ArrayList<>();
        for (int i = 0; i < pace.quick; i++) {
            rows.add(crowd.row(new AtomicInteger()));
        }
        return CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new))
                .thenCompose(ignored -> CompletableFuture.allOf(crowd.slow()));
    }

    /** One after the other; a loop over those that end at once, so that thousands of them don't nest. */
    private CompletableFuture<Void> row(AtomicInteger behind) {
        while (true) {
            T next;
            synchronized (left) {
                if (!left.hasNext()) {
                    return CompletableFuture.completedFuture(null);
                }
                next = left.next();
            }
            CompletableFuture<?> one = work.apply(next).toCompletableFuture();
            if (!one.isDone() || one.isCompletedExceptionally()) {
                return behind.get() < pace.slowOnes ? impatient(one, behind) : one.thenCompose(ignored -> row(behind));
            }
        }
    }

    /** Goes on when the work has ended, or leaves it behind when it is slow. */
    private CompletableFuture<Void> impatient(CompletableFuture<?> one, AtomicInteger behind) {
        return one.thenApply(ignored -> true)
                .completeOnTimeout(false, pace.slowAfter, TimeUnit.MILLISECONDS)
                .thenCompose(ended -> {
                    if (ended) {
                        return row(behind);
                    }
                    leaveBehind(one, behind);
                    // Not on the JDK's one thread of timers.
                    return CompletableFuture.completedFuture(null).thenComposeAsync(ignored -> row(behind));
                });
    }

    private void leaveBehind(CompletableFuture<?> one, AtomicInteger behind) {
        behind.incrementAndGet();
        CompletionStage<?> unused = one.whenComplete((ignored, thrown) -> behind.decrementAndGet());
        synchronized (this) {
            slow.add(one);
        }
    }

    private synchronized CompletableFuture<?>[] slow() {
        return slow.toArray(CompletableFuture[]::new);
    }
}
