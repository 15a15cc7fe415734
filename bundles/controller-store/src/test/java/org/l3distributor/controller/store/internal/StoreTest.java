// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class StoreTest {
    /** Two transactions that lock the same two rows, each in the other's order: a database ends one of them. */
    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
    void workThatMetAnother_isDoneAgain(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect)) {
            on.store.run(tx -> {
                tx.loadBalancers().insert(Things.loadBalancer("one", "0", "203.0.113.1"));
                tx.loadBalancers().insert(Things.loadBalancer("two", "0", "203.0.113.2"));
            });
            ExecutorService threads = Executors.newFixedThreadPool(2);
            AtomicInteger begun = new AtomicInteger();
            CountDownLatch bothHoldOne = new CountDownLatch(2);
            try {
                Future<Boolean> a = threads.submit(() -> raise(on, "one", "two", begun, bothHoldOne));
                Future<Boolean> b = threads.submit(() -> raise(on, "two", "one", begun, bothHoldOne));
                assertThat(a.get(60, TimeUnit.SECONDS)).isTrue();
                assertThat(b.get(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                threads.shutdownNow();
            }
            assertThat(begun.get()).as("attempts").isGreaterThan(2);
            on.store.run(tx -> {
                assertThat(tx.loadBalancers().find("one").orElseThrow().header().version())
                        .isEqualTo(2);
                assertThat(tx.loadBalancers().find("two").orElseThrow().header().version())
                        .isEqualTo(2);
            });
        }
    }

    private static boolean raise(StoreOn on, String first, String second, AtomicInteger begun, CountDownLatch latch)
            throws Exception {
        return on.store.in(tx -> {
            begun.incrementAndGet();
            LoadBalancer one = tx.loadBalancers().lock(first).orElseThrow();
            latch.countDown();
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            LoadBalancer other = tx.loadBalancers().lock(second).orElseThrow();
            return tx.loadBalancers().update(one, one) && tx.loadBalancers().update(other, other);
        });
    }
}
