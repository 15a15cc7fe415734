// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Does one thing after another, on whichever thread of a pool is free. */
final class Lane {
    private final Executor pool;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Lane(Executor pool) {
        this.pool = pool;
    }

    synchronized <T> CompletableFuture<T> submit(Supplier<T> work) {
        CompletableFuture<T> result = last.thenApplyAsync(done -> work.get(), pool);
        last = result.handle((value, fault) -> null); // the next one doesn't care how this one ended
        return result;
    }
}
