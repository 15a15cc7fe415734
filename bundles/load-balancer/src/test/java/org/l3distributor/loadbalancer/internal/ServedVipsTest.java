// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServedVipsTest {
    @Test
    void whoeverWaitsToKnowWhatRuns_whenItLeaves_isToldSo_andSoIsWhoeverComesAfter() throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ServedVips served = new ServedVips(loop, () -> true, leaving -> List.of());
        CompletionStage<Void> waiting = served.withdraw(List.of(Facts.VIP4), Instant.now());
        served.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
        loop.shutdownNow();
        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        assertThat(served.changed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void unbind_afterItHasLeftAndItsLoopHasEnded_isNothing() throws Exception {
        Engines announcer = new Engines();
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ServedVips served = new ServedVips(loop, () -> false, leaving -> List.of());
        served.bind(announcer);
        served.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
        loop.shutdownNow();
        assertThatCode(() -> served.unbind(announcer)).doesNotThrowAnyException();
        assertThat(announcer.calls).contains("leave");
    }
}
