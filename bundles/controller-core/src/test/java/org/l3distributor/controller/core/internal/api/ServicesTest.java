// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.run.TestOutside;
import org.l3distributor.controller.core.internal.run.WorkLog;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HealthMonitorRules;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerRules;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerDraft;
import org.l3distributor.distributor.controller.LoadBalancerRules;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.MemberRules;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.PoolRules;
import org.l3distributor.distributor.controller.PoolView;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpPrefix;

/** A user's calls against the tables, with a worker that brings about what they ask for. */
class ServicesTest {
    private static final String NETWORK = "f0000000-0000-4000-8000-000000000001";
    private static final String SUBNET = "50000000-0000-4000-8000-000000000004";

    private Interruptible store;
    private final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(
                    new Network(NETWORK, "front", 1500, true),
                    new Subnet(SUBNET, NETWORK, "front4", IpPrefix.parse("192.0.2.0/24"), null, List.of()));
    private final TestOutside outside = new TestOutside();
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private Worker worker;
    private Services services;

    /** Tables that can't be reached when a test says so. */
    private static final class Interruptible implements ControllerStore {
        private final ControllerStore tables;
        private volatile boolean away;

        Interruptible(ControllerStore tables) {
            this.tables = tables;
        }

        @Override
        public <T> T in(Work<T> work) throws StoreException {
            if (away) {
                throw new StoreException("away", new IllegalStateException("as the test wants it"));
            }
            return tables.in(work);
        }

        @Override
        public AutoCloseable listen(Consumer<Boolean> listener) {
            return tables.listen(listener);
        }
    }

    /** The tables, which are empty. */
    ControllerStore tables() throws Exception {
        return new MemoryStore(Clock.systemUTC());
    }

    void closeTables() {}

    @BeforeEach
    void open() throws Exception {
        store = new Interruptible(tables());
        worker = new Worker(
                store,
                outside,
                new Worker.Settings(
                        "controller-1",
                        "distributor",
                        4,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(50),
                        new Limits(Duration.ofMinutes(1), 3, 4, Duration.ofMillis(20))),
                new WorkLog());
        services = new Services(store, () -> Optional.of(networks), executor, () -> worker.nudge(), 3);
    }

    @AfterEach
    void close() {
        worker.close();
        executor.shutdownNow();
        closeTables();
    }

    @Test
    void aLoadBalancer_isMade_filled_changed_failedOver_andDeleted() throws Exception {
        LoadBalancerTree made = create("192.0.2.50");
        String id = made.loadBalancer().id();
        assertThat(made.loadBalancer().header().provisioning()).isEqualTo(ProvisioningStatus.PENDING_CREATE);
        assertThat(made.loadBalancer().vip().address()).hasToString("192.0.2.50");
        assertThat(active(id).loadBalancer().header().operating()).isEqualTo(OperatingStatus.ONLINE);
        assertThat(outside.announced()).hasSize(3);

        Listener listener = done(services.listeners()
                .create(done(ListenerRules.create(
                        Map.of("listener", Map.of("protocol", "HTTP", "protocol_port", 80, "loadbalancer_id", id))))));
        active(id);
        PoolView pool = done(services.pools()
                .create(done(PoolRules.create(Map.of(
                        "pool",
                        Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "listener_id", listener.id()))))));
        assertThat(pool.listenerIds()).containsExactly(listener.id());
        active(id);
        String poolId = pool.pool().id();
        Member member = done(services.members()
                .create(
                        poolId,
                        done(MemberRules.create(
                                Map.of("member", Map.of("address", "192.0.2.200", "protocol_port", 8080))))));
        active(id);
        HealthMonitor monitor = done(services.healthMonitors()
                .create(done(HealthMonitorRules.create(Map.of(
                        "healthmonitor",
                        Map.of("type", "HTTP", "delay", 5, "timeout", 3, "max_retries", 3, "pool_id", poolId))))));
        LoadBalancerTree tree = active(id);
        assertThat(outside.configurations()).hasSize(1);
        assertThat(outside.configurations().iterator().next())
                .contains("frontend " + listener.id())
                .contains("server " + member.id() + " 192.0.2.200:8080 weight 1 check inter 5s");
        assertThat(tree.pools().get(0).monitor()).isNotNull();
        assertThat(tree.listeners().get(0).header().provisioning()).isEqualTo(ProvisioningStatus.ACTIVE);
        assertThat(tree.pools().get(0).members().get(0).header().provisioning()).isEqualTo(ProvisioningStatus.ACTIVE);

        done(services.healthMonitors().delete(monitor.id()));
        assertThat(active(id).pools().get(0).monitor()).isNull();
        done(services.members().delete(poolId, member.id()));
        assertThat(active(id).pools().get(0).members()).isEmpty();

        List<String> before = List.copyOf(outside.announced());
        done(services.loadBalancers().failover(id));
        active(id);
        assertThat(outside.announced()).hasSize(3).doesNotContainAnyElementsOf(before);

        assertThat(refused(services.loadBalancers().delete(id, false)).get(0).kind())
                .isIn(Refusal.Kind.INVALID, Refusal.Kind.CONFLICT);
        done(services.loadBalancers().delete(id, true));
        gone(id);
        assertThat(outside.instances()).isEmpty();
        assertThat(rows(tx -> tx.listeners().page(Query.all()))).isEmpty();
        assertThat(rows(tx -> tx.pools().page(Query.all()))).isEmpty();
    }

    @Test
    void whileAChangeIsOnItsWay_nobodyMayMakeAnother() throws Exception {
        String id = create("192.0.2.51").loadBalancer().id();
        active(id);
        outside.hold();
        done(services.listeners()
                .create(done(ListenerRules.create(
                        Map.of("listener", Map.of("protocol", "TCP", "protocol_port", 81, "loadbalancer_id", id))))));
        assertThat(refused(services.loadBalancers().delete(id, true)))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.CONFLICT);
        assertThat(refused(services.listeners()
                        .create(done(ListenerRules.create(Map.of(
                                "listener", Map.of("protocol", "TCP", "protocol_port", 82, "loadbalancer_id", id)))))))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.CONFLICT);
        outside.release();
        active(id);
    }

    @Test
    void aNumberOfAmphorae_isTheUsersWish_andMayChangeInBothDirections() throws Exception {
        String id = done(services.loadBalancers()
                        .create(
                                done(LoadBalancerRules.create(Map.of(
                                        "loadbalancer",
                                        Map.of(
                                                "vip_subnet_id",
                                                SUBNET,
                                                "vip_address",
                                                "192.0.2.54",
                                                "amphora_count",
                                                2)))),
                                "p1"))
                .loadBalancer()
                .id();
        active(id);
        assertThat(outside.announced()).hasSize(2);
        List<String> first = List.copyOf(outside.announced());
        scale(id, 4);
        assertThat(outside.announced()).hasSize(4).containsAll(first);
        scale(id, 1);
        assertThat(outside.announced()).hasSize(1);
        assertThat(outside.instances()).hasSize(1);
    }

    private void scale(String id, int amphorae) throws Exception {
        done(services.loadBalancers()
                .change(id, done(LoadBalancerRules.change(Map.of("loadbalancer", Map.of("amphora_count", amphorae))))));
        assertThat(active(id).loadBalancer().amphoraCount()).isEqualTo(amphorae);
    }

    @Test
    void aLoadBalancer_ofADedicatedDistributor_isMadeOfAmphoraeThatOnlyServe() throws Exception {
        String racks = "d0000000-0000-4000-8000-000000000001";
        store.run(tx -> tx.distributors()
                .insert(new Distributor(racks, "L3_BGP", ProvisioningStatus.PENDING_CREATE, "racks", true, 2, 0)));
        Map<String, ?> wish = Map.of("name", "lb", "vip_subnet_id", SUBNET, "flavor_id", racks);
        LoadBalancerDraft draft = done(LoadBalancerRules.create(Map.of("loadbalancer", wish)));
        assertThat(refused(services.loadBalancers().create(draft, "p1")))
                .extracting(Refusal::rule)
                .containsExactly("The selected flavor is not allowed in this deployment: " + racks);
        store.run(tx -> {
            Distributor row = tx.distributors().find(racks).orElseThrow();
            tx.distributors().update(row, row.with(ProvisioningStatus.ACTIVE));
        });
        assertThat(refused(services.loadBalancers().create(draft, "p1")))
                .extracting(Refusal::rule)
                .containsExactly("Distributor " + racks + " has no amphora in service that could announce a VIP.");
        store.run(tx -> tx.amphorae()
                .insert(Things.amphora("speaker", null, "192.0.2.250", "192.0.2.250")
                        .speakingFor(racks)));
        String id = done(services.loadBalancers().create(draft, "p1"))
                .loadBalancer()
                .id();
        assertThat(active(id).loadBalancer().distributorId()).isEqualTo(racks);
        assertThat(rows(tx -> tx.amphorae().page(Query.where("load_balancer_id", id))))
                .hasSize(3)
                .allMatch(a -> "lb".equals(a.serviceType()));
        scale(id, 2);
        assertThat(active(id).loadBalancer().distributorId()).isEqualTo(racks);
        String other = create("192.0.2.60").loadBalancer().id();
        active(other);
        assertThat(rows(tx -> tx.amphorae().page(Query.where("load_balancer_id", other))))
                .allMatch(a -> "combined".equals(a.serviceType()));
    }

    @Test
    void anAddress_thatIsTaken_isRefused_andNothingIsLeft() throws Exception {
        active(create("192.0.2.52").loadBalancer().id()); // the outside knows one load balancer at a time
        assertThat(refused(services.loadBalancers().create(draft("192.0.2.52"), "p1")))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.CONFLICT);
        waitFor(() -> rows(tx -> tx.loadBalancers().page(Query.all())).size() == 1);
        assertThat(done(networks.ports(NetworkQuery.ALL))).hasSize(1);
    }

    @Test
    void aDatabase_thatIsAway_isARefusal_andWhenItIsBack_workGoesOn() throws Exception {
        String id = create("192.0.2.53").loadBalancer().id();
        active(id);
        store.away = true;
        assertThat(refused(services.loadBalancers().find(id)))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.NOT_READY);
        assertThat(refused(services.loadBalancers().delete(id, true)))
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.NOT_READY);
        store.away = false;
        done(services.loadBalancers().delete(id, true));
        gone(id);
    }

    @Test
    void whatIsNotThere_isNotFound() throws Exception {
        String nobody = "00000000-0000-4000-8000-000000000000";
        for (CompletionStage<? extends Outcome<?>> answer : List.of(
                services.loadBalancers().find(nobody),
                services.loadBalancers().delete(nobody, true),
                services.loadBalancers().failover(nobody),
                services.loadBalancers().statistics(nobody),
                services.listeners().find(nobody),
                services.listeners().delete(nobody),
                services.listeners().statistics(nobody),
                services.pools().find(nobody),
                services.pools().delete(nobody),
                services.members().find(nobody, nobody),
                services.members().list(nobody, ListQuery.all(10)),
                services.members().delete(nobody, nobody),
                services.healthMonitors().find(nobody),
                services.healthMonitors().delete(nobody))) {
            Outcome<?> outcome = answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(((Outcome.Refused<?>) outcome).reasons().get(0).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        }
    }

    private static LoadBalancerDraft draft(String address) throws Exception {
        return done(LoadBalancerRules.create(
                Map.of("loadbalancer", Map.of("name", "lb", "vip_subnet_id", SUBNET, "vip_address", address))));
    }

    private LoadBalancerTree create(String address) throws Exception {
        return done(services.loadBalancers().create(draft(address), "p1"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void waitFor(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("in time: " + rows(tx -> tx.tasks().open(10)))
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private LoadBalancerTree active(String id) throws Exception {
        waitFor(() ->
                done(services.loadBalancers().find(id)).loadBalancer().header().provisioning()
                        == ProvisioningStatus.ACTIVE);
        return done(services.loadBalancers().find(id));
    }

    private void gone(String id) throws Exception {
        waitFor(() -> store.in(tx -> tx.loadBalancers().find(id)).isEmpty());
        List<LoadBalancer> left = rows(tx -> tx.loadBalancers().page(Query.all()));
        assertThat(left).noneMatch(lb -> lb.id().equals(id));
    }

    private <T> List<T> rows(ControllerStore.Work<List<T>> work) throws Exception {
        return store.in(work);
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        return done(stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    private static <T> List<Refusal> refused(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.reasons();
        }
        throw new AssertionError("not refused: " + outcome);
    }
}
