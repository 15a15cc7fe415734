// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BeginningTest {
    private static final Duration PAUSE = Duration.ofMillis(5);

    @Test
    void whatCannotBeginYet_beginsWhenItCan_onceOnly_andIsEndedAtTheEnd() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger ends = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Beginning beginning = new Beginning(
                () -> {
                    int attempt = attempts.incrementAndGet();
                    if (attempt == 1) {
                        throw new NotUsable(List.of("key: not there yet"));
                    } else if (attempt == 2) {
                        throw new IllegalStateException("a fault of the program's");
                    }
                    begun.countDown();
                    return ends::incrementAndGet;
                },
                PAUSE);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        beginning.close();
        assertThat(beginning.waitsFor()).isEmpty();
        assertThat(attempts).hasValue(3);
        assertThat(ends).hasValue(1);
    }

    @Test
    void whatTellsItselfWhyItIsMissing_isWaitedForInSilence_andSeenAtOnceWhenItComes() throws Exception {
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger ends = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Beginning beginning = new Beginning(
                () -> {
                    first.countDown();
                    if (!there.get()) {
                        return null;
                    }
                    begun.countDown();
                    return ends::incrementAndGet;
                },
                Duration.ofHours(1));
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(beginning.waitsFor()).isEmpty();
        there.set(true);
        beginning.soon();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        beginning.soon(); // changes nothing any more
        beginning.close();
        assertThat(ends).hasValue(1);
    }

    @Test
    void whyItHasNotBegun_canBeAsked() throws Exception {
        CountDownLatch again = new CountDownLatch(2);
        Beginning beginning = new Beginning(
                () -> {
                    again.countDown();
                    throw new NotUsable(List.of("key: not there yet", "address: nor that"));
                },
                PAUSE);
        assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(beginning.waitsFor()).isEqualTo("key: not there yet; address: nor that");
        beginning.close();
    }

    @Test
    void closingInTheMiddleOfAnAttempt_waitsForIt_andEndsWhatItBegan() throws Exception {
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger ends = new AtomicInteger();
        Beginning beginning = new Beginning(
                () -> {
                    trying.countDown();
                    if (!await(goOn)) {
                        throw new IllegalStateException("nobody let it go on");
                    }
                    return ends::incrementAndGet;
                },
                PAUSE);
        assertThat(trying.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> {
            try {
                beginning.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        closer.start();
        goOn.countDown();
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
        assertThat(ends).hasValue(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
