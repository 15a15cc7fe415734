// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets works with the same key follow each other, without holding a thread for those that wait. */
final class Lanes<K> {
    private final Map<K, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    /** @param work begun when all earlier ones of the key have ended, in whatever way */
    <T> CompletableFuture<T> run(K key, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(key, mine);
        CompletableFuture<?> turn = before == null ? CompletableFuture.completedFuture(null) : before;
        CompletionStage<?> unusedTurn = turn.whenComplete((ignored, thrown) -> begin(work, mine));
        CompletionStage<?> unusedEnd = mine.whenComplete((ignored, thrown) -> last.remove(key, mine));
        return mine;
    }

    private static <T> void begin(Supplier<CompletionStage<T>> work, CompletableFuture<T> end) {
        try {
            work.get().whenComplete((value, thrown) -> {
                if (thrown == null) {
                    end.complete(value);
                } else {
                    end.completeExceptionally(thrown);
                }
            });
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** How many keys have works that haven't ended. */
    int busy() {
        return last.size();
    }
}
