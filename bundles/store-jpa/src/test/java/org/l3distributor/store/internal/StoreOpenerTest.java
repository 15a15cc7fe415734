// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Opener;

class StoreOpenerTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    Path directory;

    @Test
    void open_thatFailsAtFirst_isRepeatedUntilTheStoreIsPublished() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch published = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Opener<JpaStore> opener = new Opener<>(
                "store-open",
                () -> {
                    if (attempts.incrementAndGet() < 4) {
                        throw new StoreException("open: disk full", new IOException("no space"));
                    }
                    return JpaStore.open(directory);
                },
                new StorePublisher(store -> {
                    String said = said(store);
                    order.add("+" + said);
                    if (store instanceof JpaStore) {
                        published.countDown();
                    }
                    return () -> order.add("-" + said);
                }),
                SOON,
                SOON);
        assertThat(published.await(30, TimeUnit.SECONDS)).isTrue();
        opener.close();
        assertThat(attempts).hasValue(4);
        String full = "open: disk full";
        assertThat(order)
                .containsExactly(
                        "+" + full, "+" + full, "-" + full, "+" + full, "-" + full, "+rows []", "-" + full, "-rows []");
    }

    private static String said(ApplianceStore store) {
        try {
            return "rows " + store.registrations();
        } catch (StoreException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, UnsatisfiedLinkError.class})
    void open_thatFailsUnforeseen_isRepeatedToo(Class<? extends Throwable> fault) throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch published = new CountDownLatch(1);
        Opener<JpaStore> opener = new Opener<>(
                "store-open",
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        if (fault == UnsatisfiedLinkError.class) {
                            throw new UnsatisfiedLinkError("no library");
                        }
                        throw new IllegalStateException("a bug");
                    }
                    return JpaStore.open(directory);
                },
                new StorePublisher(store -> {
                    if (store instanceof JpaStore) {
                        published.countDown();
                    }
                    return () -> {};
                }),
                SOON,
                SOON);
        assertThat(published.await(30, TimeUnit.SECONDS)).isTrue();
        opener.close();
    }

    @Test
    void close_whileTheOpenKeepsFailing_endsItsThreadAndTakesEverythingBack() {
        AtomicInteger published = new AtomicInteger();
        Opener<JpaStore> opener = new Opener<>(
                "store-open",
                () -> {
                    throw new StoreException("open: disk full", new IOException("no space"));
                },
                new StorePublisher(store -> {
                    published.incrementAndGet();
                    return published::decrementAndGet;
                }),
                Duration.ofHours(1),
                Duration.ofHours(1));
        opener.close();
        assertThat(published).hasValue(0);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("store-open"));
    }
}
