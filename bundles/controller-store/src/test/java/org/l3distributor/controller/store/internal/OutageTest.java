// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class OutageTest {
    /** How long the server stays away; the profile "deep" says a minute. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("l3d.outage", 1));

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatIsKilled_isToldAndComesBack_withAllThatWasAcknowledged(Dialect dialect) throws Exception {
        Deep.unlessPostgresql(dialect);
        try (StoreOn on = StoreOn.fresh(dialect)) {
            BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
            on.store.listen(told::add);
            assertThat(told.poll(30, TimeUnit.SECONDS)).isTrue();
            on.store.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10")));

            DatabaseServers.Server server = DatabaseServers.server(dialect);
            server.kill();
            try {
                assertThatThrownBy(() -> on.store.in(tx -> tx.loadBalancers().find("lb")))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("work in jdbc:");
                assertThat(told.poll(30, TimeUnit.SECONDS)).isFalse();
                askWhileItIsAway(on);
            } finally {
                server.start();
            }
            assertThat(told.poll(60, TimeUnit.SECONDS)).isTrue();
            assertThat(on.optional(tx -> tx.loadBalancers().find("lb"))).isPresent();
        }
    }

    /** Whoever asks is told, and soon; the listeners aren't told again. */
    private static void askWhileItIsAway(StoreOn on) {
        long end = System.nanoTime() + OUTAGE.toNanos();
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            assertThatThrownBy(() -> on.store.in(tx -> tx.now())).isInstanceOf(StoreException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** A host that takes no part any more, and doesn't say so: every packet is lost. */
    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatIsFrozen_doesNotHoldTheCallerForever(Dialect dialect) throws Exception {
        Deep.unlessPostgresql(dialect);
        Settings settings = DatabaseServers.migrated(dialect);
        String url = settings.url() + "?socketTimeout=" + (dialect == Dialect.POSTGRESQL ? "2" : "2000");
        try (StoreOn on = new StoreOn(new Settings(url, settings.user(), null, 2, false, null))) {
            on.store.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10")));
            DatabaseServers.Server server = DatabaseServers.server(dialect);
            server.signal("STOP");
            try {
                long asked = System.nanoTime();
                assertThatThrownBy(() -> on.store.in(tx -> tx.loadBalancers().find("lb")))
                        .isInstanceOf(StoreException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
            } finally {
                server.signal("CONT");
            }
            await(on);
            assertThat(on.optional(tx -> tx.loadBalancers().find("lb"))).isPresent();
        }
    }

    private static void await(StoreOn on) throws Exception {
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        try (AutoCloseable listening = on.store.listen(told::add)) {
            for (Boolean open = told.poll(30, TimeUnit.SECONDS); !Boolean.TRUE.equals(open); ) {
                assertThat(open).as("told at all").isNotNull();
                open = told.poll(30, TimeUnit.SECONDS);
            }
        }
    }
}
