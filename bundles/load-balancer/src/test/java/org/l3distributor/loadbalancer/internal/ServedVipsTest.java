// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.net.IpAddress;

class ServedVipsTest {
    @Test
    void whoeverWaitsToKnowWhatRuns_whenItLeaves_isToldSo_andSoIsWhoeverComesAfter() throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ServedVips served = new ServedVips(loop, () -> true, leaving -> List.of(), fresh -> {});
        CompletionStage<Void> waiting = served.withdraw(List.of(Facts.VIP4), Instant.now());
        served.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
        loop.shutdownNow();
        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        assertThat(served.changed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void aNextHop_isIntroducedBeforeItsFirstVipIsAnnounced_andAgainOnlyWhenItServedNothingBetween() {
        Engines announcer = new Engines();
        List<OwnVip> now = new ArrayList<>();
        ServedVips served = new ServedVips(
                Runnable::run,
                () -> false,
                leaving -> List.copyOf(now),
                fresh -> announcer.calls.add("introduce " + fresh));
        served.bind(announcer);
        announcer.calls.clear();

        now.add(served(Facts.VIP4));
        served.changed();
        assertThat(announcer.calls).containsExactly("introduce [10.20.0.11]", "serve [203.0.113.10]");
        announcer.calls.clear();
        now.add(served(IpAddress.parse("203.0.113.11")));
        served.changed();
        assertThat(announcer.calls).containsExactly("serve [203.0.113.10, 203.0.113.11]");
        announcer.calls.clear();
        now.clear();
        served.changed();
        now.add(served(Facts.VIP4));
        served.changed();
        assertThat(announcer.calls).containsExactly("serve []", "introduce [10.20.0.11]", "serve [203.0.113.10]");
    }

    private static OwnVip served(IpAddress vip) {
        return new OwnVip(vip, IpAddress.parse("10.20.0.11"), true, "served", null);
    }

    @Test
    void unbind_afterItHasLeftAndItsLoopHasEnded_isNothing() throws Exception {
        Engines announcer = new Engines();
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ServedVips served = new ServedVips(loop, () -> false, leaving -> List.of(), fresh -> {});
        served.bind(announcer);
        served.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
        loop.shutdownNow();
        assertThatCode(() -> served.unbind(announcer)).doesNotThrowAnyException();
        assertThat(announcer.calls).contains("leave");
    }
}
