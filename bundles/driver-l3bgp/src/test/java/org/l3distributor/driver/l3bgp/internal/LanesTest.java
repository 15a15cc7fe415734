// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    @Test
    void works_ofOneKey_followEachOther_andOfAnotherDoNotWait() throws Exception {
        Lanes<String> lanes = new Lanes<>();
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<String> first = lanes.run("a", () -> slow);
        CompletableFuture<String> second = lanes.run("a", () -> CompletableFuture.completedFuture("second"));
        CompletableFuture<String> other = lanes.run("b", () -> CompletableFuture.completedFuture("other"));
        assertThat(other.get(1, TimeUnit.SECONDS)).isEqualTo("other");
        assertThat(second).isNotDone();
        slow.complete("first");
        assertThat(first.get(1, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(1, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void work_thatFailsOrThrows_doesNotHoldUpTheNext() throws Exception {
        Lanes<String> lanes = new Lanes<>();
        assertThat(lanes.run("a", () -> CompletableFuture.failedFuture(new IllegalStateException("as the test wants"))))
                .isCompletedExceptionally();
        assertThat(lanes.run("a", () -> {
                    throw new IllegalStateException("as the test wants");
                }))
                .isCompletedExceptionally();
        assertThat(lanes.run("a", () -> CompletableFuture.completedFuture(1)).get(1, TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void crowd_doesAll_andNoMoreAtATimeThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        List<Integer> all = IntStream.range(0, 20_000).boxed().toList();
        Crowd.each(all, 7, i -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    return (i % 10 == 0
                                    ? CompletableFuture.runAsync(Thread::onSpinWait)
                                    : CompletableFuture.<Void>completedFuture(null))
                            .thenRun(() -> {
                                now.decrementAndGet();
                                done.add(i);
                            });
                })
                .get(30, TimeUnit.SECONDS);
        assertThat(done).hasSize(20_000);
        assertThat(most.get()).isLessThanOrEqualTo(7);
    }

    @Test
    void crowd_beginsOthersInThePlaceOfSlowOnes_upToABound_andEndsWithThem() throws Exception {
        List<CompletableFuture<Void>> begun = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch five = new CountDownLatch(5);
        CompletableFuture<Void> all =
                Crowd.each(IntStream.range(0, 7).boxed().toList(), new Crowd.Pace(1, 20, 4), i -> {
                    CompletableFuture<Void> slow = new CompletableFuture<>();
                    begun.add(slow);
                    five.countDown();
                    return slow;
                });
        assertThat(five.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).as("four left behind, and one that is waited for").hasSize(5);
        begun.get(4).complete(null);
        while (begun.size() < 6) {
            Thread.onSpinWait();
        }
        begun.get(5).complete(null);
        while (begun.size() < 7) {
            Thread.onSpinWait();
        }
        begun.get(6).complete(null);
        assertThat(all).as("four have not ended").isNotDone();
        begun.forEach(one -> one.complete(null));
        all.get(30, TimeUnit.SECONDS);
    }
}
