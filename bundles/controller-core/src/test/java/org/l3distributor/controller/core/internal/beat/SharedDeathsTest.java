// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

/** Four controllers on one PostgreSQL look for the dead at the same time. */
@ExtendWith(DatabaseServers.class)
@Timeout(120)
class SharedDeathsTest {
    private static final int LOAD_BALANCERS = 8;
    private static final int AMPHORAE = 5;
    private static final int CONTROLLERS = 4;

    private static String amphora(int loadBalancer, int number) {
        return "a-" + loadBalancer + "-" + number;
    }

    /** Of each load balancer the first few amphorae are silent. */
    private static void fill(ControllerStore store, int silent, Duration since) throws StoreException {
        store.run(tx -> {
            Instant now = tx.now();
            List<AmphoraHealth> heard = new ArrayList<>();
            for (int i = 0; i < LOAD_BALANCERS; i++) {
                LoadBalancer lb = Things.loadBalancer("lb-" + i, "lb", "203.0.113." + i);
                tx.loadBalancers()
                        .insert(lb.with(
                                lb.header().with(ProvisioningStatus.ACTIVE).with(OperatingStatus.ONLINE)));
                for (int j = 0; j < AMPHORAE; j++) {
                    tx.amphorae().insert(Things.amphora(amphora(i, j), "lb-" + i, "192.0.2." + j, "198.51.100." + j));
                    heard.add(new AmphoraHealth(amphora(i, j), j < silent ? now.minus(since) : now, false));
                }
            }
            tx.health().heard(heard);
        });
    }

    /** Rows of amphorae that are gone, silent for longer than all: nobody is kept from being declared dead by them. */
    private static void orphans(StoreOn on) throws SQLException {
        try (Connection connection = DriverManager.getConnection(on.url(), on.user(), null);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into amphora_health (amphora_id, last_update, busy)"
                    + " select 'gone-' || n, '2026-01-01 00:00:00', false from generate_series(1, 60) n");
        }
    }

    /** Who is declared dead by four controllers that look five times each. */
    private static List<String> dead(List<StoreOn> stores, ExecutorService threads) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<String>>> looks = new ArrayList<>();
        for (int i = 0; i < CONTROLLERS; i++) {
            if (i > 0) {
                stores.add(stores.get(0).another());
            }
            Undertaker one = new Undertaker(
                    stores.get(i).store(),
                    new Undertaker.Settings(Silence.DEFAULT, WithdrawalBudget.DEFAULT, Duration.ZERO));
            looks.add(threads.submit(() -> {
                start.await();
                List<String> dead = new ArrayList<>();
                for (int look = 0; look < 5; look++) {
                    dead.addAll(one.look());
                }
                return dead;
            }));
        }
        start.countDown();
        List<String> dead = new ArrayList<>();
        for (Future<List<String>> look : looks) {
            dead.addAll(look.get(60, TimeUnit.SECONDS));
        }
        return dead;
    }

    @Test
    void eachSilentAmphora_isDeclaredDeadByOneOfThem() throws Exception {
        List<StoreOn> stores = new ArrayList<>(List.of(StoreOn.fresh(Dialect.POSTGRESQL)));
        ExecutorService threads = Executors.newFixedThreadPool(CONTROLLERS);
        try {
            fill(stores.get(0).store(), 1, Duration.ofSeconds(90));
            orphans(stores.get(0));
            List<String> dead = dead(stores, threads);
            assertThat(dead).hasSize(LOAD_BALANCERS).doesNotHaveDuplicates().allMatch(id -> id.endsWith("-0"));
            List<Task> tasks = stores.get(0).store().in(tx -> tx.tasks().open(100));
            assertThat(tasks).extracting(Task::targetId).containsExactlyInAnyOrderElementsOf(dead);
            List<LoadBalancer> all =
                    stores.get(0).store().in(tx -> tx.loadBalancers().page(Query.all()));
            assertThat(all).allMatch(lb -> lb.header().operating() == OperatingStatus.DEGRADED);
        } finally {
            threads.shutdownNow();
            stores.forEach(StoreOn::close);
        }
    }

    @Test
    void ofThoseThatFellSilentTogether_oneIsTriedAfterThePatience_byOneOfThem() throws Exception {
        List<StoreOn> stores = new ArrayList<>(List.of(StoreOn.fresh(Dialect.POSTGRESQL)));
        ExecutorService threads = Executors.newFixedThreadPool(CONTROLLERS);
        try {
            fill(stores.get(0).store(), 2, Silence.DEFAULT.patience().multipliedBy(2));
            assertThat(dead(stores, threads)).hasSize(1);
            List<Task> tasks = stores.get(0).store().in(tx -> tx.tasks().open(100));
            assertThat(tasks).hasSize(1);
        } finally {
            threads.shutdownNow();
            stores.forEach(StoreOn::close);
        }
    }
}
