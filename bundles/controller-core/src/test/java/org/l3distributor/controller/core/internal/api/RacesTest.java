// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.HealthMonitorRules;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.MemberDraft;
import org.l3distributor.distributor.controller.MemberRules;
import org.l3distributor.distributor.controller.PoolChange;
import org.l3distributor.distributor.controller.PoolRules;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;
import org.l3distributor.relational.Dialect;

/** What two transactions of a real server do to each other. */
@ExtendWith(DatabaseServers.class)
class RacesTest {
    private static final String LB = "10000000-0000-4000-8000-000000000001";
    private static final String LISTENER = "20000000-0000-4000-8000-000000000001";
    private static final String POOL = "30000000-0000-4000-8000-000000000001";
    private static final String MEMBER = "40000000-0000-4000-8000-000000000001";
    private static final String MONITOR = "60000000-0000-4000-8000-000000000001";

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private StoreOn on;

    @BeforeEach
    void open() throws Exception {
        on = StoreOn.fresh(Dialect.POSTGRESQL);
        LoadBalancer lb = Things.loadBalancer(LB, "lb", "203.0.113.9");
        on.store().run(tx -> tx.loadBalancers().insert(lb.with(lb.header().with(ProvisioningStatus.ACTIVE))));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        on.close();
    }

    private static Services services(ControllerStore store) {
        return new Services(store, () -> Optional.of(new MemoryNetworkDriver()), Runnable::run, () -> {}, 3);
    }

    /** The call finds it, and waits for the flow that is about to remove it. */
    @Test
    void whatGoesWhileItsChangeWaitsForTheLock_isNotFound_inOctaviasWords() throws Exception {
        MemberDraft member =
                done(MemberRules.create(Map.of("member", Map.of("address", "192.0.2.1", "protocol_port", 80))));
        Refusal pool = Words.notFound(Words.POOL, POOL);
        Refusal monitor = Words.notFound(Words.HEALTH_MONITOR, MONITOR);
        whileAllGoes(s -> s.listeners().delete(LISTENER), Words.notFound(Words.LISTENER, LISTENER));
        whileAllGoes(s -> s.pools().delete(POOL), pool);
        whileAllGoes(s -> s.pools().change(POOL, change()), pool);
        whileAllGoes(s -> s.members().create(POOL, member), pool);
        whileAllGoes(s -> s.members().delete(POOL, MEMBER), pool);
        whileAllGoes(s -> s.members().replace(POOL, List.of(member), false), pool);
        whileAllGoes(s -> s.healthMonitors().delete(MONITOR), monitor);
        whileAllGoes(
                s -> s.healthMonitors()
                        .create(done(HealthMonitorRules.create(Map.of(
                                "healthmonitor",
                                Map.of("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 3, "pool_id", POOL))))),
                pool);
    }

    private static PoolChange change() {
        return done(PoolRules.change(Map.of("pool", Map.of("name", "next"))));
    }

    private void whileAllGoes(Function<Services, CompletionStage<? extends Outcome<?>>> call, Refusal expected)
            throws Exception {
        on.store().run(tx -> {
            tx.pools().insert(Things.pool(POOL, LB));
            tx.listeners().insert(Things.listener(LISTENER, LB, 80, POOL));
            tx.members().insert(Things.member(MEMBER, POOL, "192.0.2.200"));
            tx.monitors().insert(Things.monitor(MONITOR, POOL));
        });
        Services services = services(new BeforeTheLock(on.store(), tx -> {
            tx.listeners().delete(LISTENER);
            tx.members().delete(MEMBER);
            tx.monitors().delete(MONITOR);
            tx.pools().delete(POOL);
        }));
        Outcome<?> outcome = call.apply(services).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(((Outcome.Refused<?>) outcome).reasons()).containsExactly(expected);
    }

    @Test
    void twoLastSpeakers_thatAreDeletedAtOnce_areNotBothDeleted() throws Exception {
        on.store().run(RacesTest::speakers);
        List<IpAddress> vips = Stream.of("203.0.113.9", "2001:db8::11", "2001:db8::12")
                .map(IpAddress::parse)
                .toList();
        on.records(9443)
                .replace(null, VipRecord.of(new VipKey("racks", LB), vips))
                .orElseThrow();
        assertThat(atOnce(s -> s.delete("s1"), s -> s.delete("s2"))).isInstanceOf(Outcome.Refused.class);
        assertThat(announcing()).containsExactly("s2");
    }

    @Test
    void twoLastSpeakers_thatAreReplacedAtOnce_areNotBothTakenOut() throws Exception {
        on.store().run(RacesTest::speakers);
        assertThat(atOnce(s -> s.failover("s1"), s -> s.failover("s2"))).isInstanceOf(Outcome.Done.class);
        assertThat(announcing()).as("until its successor announces").containsExactly("s2");
    }

    private static void speakers(Transaction tx) {
        tx.distributors().insert(new Distributor("racks", "L3_BGP", ProvisioningStatus.ACTIVE, "racks", true, 2, 0));
        tx.amphorae()
                .insert(Things.amphora("s1", null, "192.0.2.1", "198.51.100.1").speakingFor("racks"));
        tx.amphorae()
                .insert(Things.amphora("s2", null, "192.0.2.2", "198.51.100.2").speakingFor("racks"));
    }

    private List<String> announcing() throws Exception {
        return on.store()
                .in(tx -> Stream.of("s1", "s2")
                        .filter(id -> tx.amphorae().find(id).orElseThrow().status() == ProvisioningStatus.ALLOCATED)
                        .toList());
    }

    /** Does the first, and the second before that is committed; gives what became of the second. */
    private Outcome<AmphoraView> atOnce(
            Function<AmphoraService, CompletionStage<Outcome<AmphoraView>>> first,
            Function<AmphoraService, CompletionStage<Outcome<AmphoraView>>> second)
            throws Exception {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        ControllerStore held = new BeforeTheCommit(on.store(), () -> {
            decided.countDown();
            assertThat(commit.await(60, TimeUnit.SECONDS)).isTrue();
        });
        Future<Outcome<AmphoraView>> one = threads.submit(() -> answer(held, first));
        assertThat(decided.await(30, TimeUnit.SECONDS)).isTrue();
        Future<Outcome<AmphoraView>> other = threads.submit(() -> answer(on.store(), second));
        awaitEndOrLock(other);
        commit.countDown();
        assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        return other.get(30, TimeUnit.SECONDS);
    }

    private static Outcome<AmphoraView> answer(
            ControllerStore store, Function<AmphoraService, CompletionStage<Outcome<AmphoraView>>> call)
            throws Exception {
        return call.apply(services(store).amphorae()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void awaitEndOrLock(Future<?> work) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (Connection connection = DriverManager.getConnection(on.url(), on.user(), "");
                Statement statement = connection.createStatement()) {
            while (!work.isDone() && waiting(statement) == 0) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static int waiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    private interface Pause {
        void pass() throws InterruptedException;
    }

    /** Tables whose transactions are held up when everything in them is done. */
    private record BeforeTheCommit(ControllerStore tables, Pause pause) implements ControllerStore {
        @Override
        public <T> T in(Work<T> work) throws StoreException {
            return tables.in(tx -> {
                T answer = work.with(tx);
                try {
                    pause.pass();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return answer;
            });
        }

        @Override
        public AutoCloseable listen(Consumer<Boolean> listener) {
            return tables.listen(listener);
        }
    }

    /** Tables in which somebody else is done with a load balancer's lock just before it is given. */
    private record BeforeTheLock(ControllerStore tables, Consumer<Transaction> other) implements ControllerStore {
        @Override
        public <T> T in(Work<T> work) throws StoreException {
            return tables.in(tx -> work.with(transaction(tx)));
        }

        private Transaction transaction(Transaction tx) {
            return (Transaction) Proxy.newProxyInstance(
                    Transaction.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, args) -> {
                        Object answer = called(method, tx, args);
                        return method.getName().equals("loadBalancers") ? rows((Rows<?>) answer) : answer;
                    });
        }

        private Rows<?> rows(Rows<?> rows) {
            return (Rows<?>) Proxy.newProxyInstance(
                    Rows.class.getClassLoader(), new Class<?>[] {Rows.class}, (proxy, method, args) -> {
                        if (method.getName().equals("lock")) {
                            tables.run(other);
                        }
                        return called(method, rows, args);
                    });
        }

        private static Object called(Method method, Object on, Object[] args) throws Throwable {
            try {
                return method.invoke(on, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public AutoCloseable listen(Consumer<Boolean> listener) {
            return tables.listen(listener);
        }
    }
}
