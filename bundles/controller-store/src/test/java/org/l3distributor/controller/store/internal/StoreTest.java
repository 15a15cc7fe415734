// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class StoreTest {
    /** As one whose writer had read its amphora before that was deleted, and wrote afterwards. */
    @ParameterizedTest
    @EnumSource
    void aHealthRow_ofAnAmphoraThatIsGone_isForgotten(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.migrated(dialect);
        try (StoreOn on = new StoreOn(settings)) {
            on.store.run(tx -> {
                tx.amphorae().insert(Things.amphora("there", null, "192.0.2.1", "198.51.100.1"));
                tx.health().heard(List.of(new AmphoraHealth("there", Things.AT, false)));
            });
            try (Connection connection = Schema.connect(settings);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into amphora_health (amphora_id, last_update, busy)"
                        + " values ('gone', '2026-01-01 00:00:00.000000', false)");
            }
            on.store.run(tx -> assertThat(tx.health().forget()).isEqualTo(1));
            on.store.run(
                    tx -> assertThat(tx.health().all()).containsExactly(new AmphoraHealth("there", Things.AT, false)));
        }
    }

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

    /** As when a controller's settings change while it works. SQLite ends what has begun. */
    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
    void workWhoseStoreIsClosedMeanwhile_isToldSo_andIsNotDone(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.migrated(dialect);
        StoreOn closed = new StoreOn(settings);
        assertThatThrownBy(() -> closed.store.run(tx -> {
                    tx.loadBalancers().insert(Things.loadBalancer("one", "0", "203.0.113.1"));
                    closed.close();
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store was closed meanwhile");
        try (StoreOn on = new StoreOn(settings)) {
            assertThat(on.optional(tx -> tx.loadBalancers().find("one"))).isEmpty();
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
