// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Does the same for each of many, some at a time: thousands of calls at once would only time out together. */
final class Crowd<T> {
    private final Iterator<T> left;
    private final Function<T, CompletionStage<?>> work;

    private Crowd(Iterable<T> all, Function<T, CompletionStage<?>> work) {
        this.left = all.iterator();
        this.work = work;
    }

    /** Completes when all have ended; exceptionally when one did, with no further ones begun in its row. */
    static <T> CompletableFuture<Void> each(Iterable<T> all, int atATime, Function<T, CompletionStage<?>> work) {
        Crowd<T> crowd = new Crowd<>(all, work);
        List<CompletableFuture<Void>> rows = new ArrayList<>();
        for (int i = 0; i < atATime; i++) {
            rows.add(crowd.row());
        }
        return CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new));
    }

    /** One after the other; a loop over those that end at once, so that thousands of them don't nest. */
    private CompletableFuture<Void> row() {
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
                return one.thenCompose(ignored -> row());
            }
        }
    }
}
