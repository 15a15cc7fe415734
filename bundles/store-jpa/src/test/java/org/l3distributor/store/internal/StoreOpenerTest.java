// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.store.StoreException;

class StoreOpenerTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    Path directory;

    @Test
    void open_thatFailsAtFirst_isRepeatedUntilTheStoreIsPublished() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch published = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        StoreOpener opener = new StoreOpener(
                () -> {
                    if (attempts.incrementAndGet() < 4) {
                        throw new StoreException("open: disk full", new IOException("no space"));
                    }
                    return JpaStore.open(directory);
                },
                store -> {
                    published.countDown();
                    return () -> order.add("withdrawn");
                },
                SOON,
                SOON);
        assertThat(published.await(30, TimeUnit.SECONDS)).isTrue();
        opener.close();
        assertThat(attempts).hasValue(4);
        assertThat(order).containsExactly("withdrawn");
    }

    @Test
    void close_whileTheOpenKeepsFailing_endsItsThread() {
        StoreOpener opener = new StoreOpener(
                () -> {
                    throw new StoreException("open: disk full", new IOException("no space"));
                },
                store -> {
                    throw new AssertionError("nothing to publish");
                },
                Duration.ofHours(1),
                Duration.ofHours(1));
        opener.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("store-open"));
    }
}
