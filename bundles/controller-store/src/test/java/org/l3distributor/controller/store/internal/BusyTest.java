// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.store.StoreBusy;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class BusyTest {
    /** One who reads for long must not make everybody believe that the database is lost. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
    void whoWaitsInVainForOthersConnections_isTheOnlyOneToHearOfIt(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.migrated(dialect);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        try (StoreOn on = new StoreOn(new Settings(settings.url(), settings.user(), null, 1, false, null))) {
            on.store.listen(told::add);
            assertThat(told.poll(30, TimeUnit.SECONDS)).isTrue();
            Future<Instant> holder = thread.submit(() -> on.store.in(tx -> {
                holds.countDown();
                await(release);
                return tx.now();
            }));
            assertThat(holds.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> on.store.in(tx -> {
                        begun.set(true);
                        return tx.now();
                    }))
                    .isInstanceOf(StoreBusy.class)
                    .hasMessageContaining("work in jdbc:");
            assertThat(begun).as("a connection comes before the work").isFalse();
            release.countDown();
            assertThat(holder.get(30, TimeUnit.SECONDS)).isNotNull();
            Instant now = on.store.in(tx -> tx.now());
            assertThat(now).as("nobody is turned away").isNotNull();
            assertThat(told).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
