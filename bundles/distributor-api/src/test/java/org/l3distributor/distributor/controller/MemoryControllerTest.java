// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.contract.MemoryController;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** The rules that depend on what there is already, shown on the controller in memory. */
class MemoryControllerTest {
    private static final String SUBNET = "50000000-0000-4000-8000-000000000004";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final MemoryController controller = new MemoryController(
            new MemoryNetworkDriver()
                    .with(
                            new Network("f0000000-0000-4000-8000-000000000001", "front", 1500, true),
                            new Subnet(
                                    SUBNET,
                                    "f0000000-0000-4000-8000-000000000001",
                                    "front4",
                                    IpPrefix.parse("192.0.2.0/24"),
                                    null,
                                    List.of())),
            Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC));
    private String lb = "";

    @BeforeEach
    void createOne() {
        LoadBalancerTree made = done(controller
                .loadBalancers()
                .create(
                        done(LoadBalancerRules.create(
                                Map.of("loadbalancer", Map.of("name", "lb", "vip_subnet_id", SUBNET)))),
                        "p1"));
        lb = made.loadBalancer().id();
        assertThat(made.loadBalancer().header().provisioning()).isEqualTo(ProvisioningStatus.PENDING_CREATE);
        assertThat(made.loadBalancer().vip().address()).isEqualTo(IpAddress.parse("192.0.2.101"));
    }

    @Test
    void whileItIsPending_nothingMayBeChanged() {
        String state = "Invalid state PENDING_CREATE of loadbalancer resource " + lb;
        String immutable = "Load Balancer " + lb + " is immutable and cannot be updated.";
        assertThat(conflict(controller.loadBalancers().delete(lb, true))).isEqualTo(state);
        assertThat(conflict(controller.loadBalancers().change(lb, name("other"))))
                .isEqualTo(state);
        assertThat(conflict(controller.loadBalancers().failover(lb))).isEqualTo(state);
        assertThat(conflict(controller.listeners().create(listener(80)))).isEqualTo(immutable);
        assertThat(conflict(controller.pools().create(pool("HTTP", null)))).isEqualTo(immutable);
        controller.settle();
        done(controller.loadBalancers().change(lb, name("other")));
        assertThat(conflict(controller.listeners().create(listener(80)))).isEqualTo(immutable);
    }

    @Test
    void whatFailed_mayBeDeletedAndFailedOver_butNotChanged() {
        controller.settle();
        controller.put(lb, ProvisioningStatus.ERROR);
        assertThat(conflict(controller.loadBalancers().change(lb, name("other"))))
                .isEqualTo("Invalid state ERROR of loadbalancer resource " + lb);
        assertThat(conflict(controller.listeners().create(listener(80))))
                .isEqualTo("Load Balancer " + lb + " is immutable and cannot be updated.");
        done(controller.loadBalancers().failover(lb));
        controller.put(lb, ProvisioningStatus.ERROR);
        done(controller.loadBalancers().delete(lb, false));
        controller.settle();
        assertThat(refusal(controller.loadBalancers().find(lb))).isEqualTo(Words.notFound(Words.LOAD_BALANCER, lb));
    }

    @Test
    void withChildren_itIsDeletedByCascadeOnly() {
        controller.settle();
        done(controller.listeners().create(listener(80)));
        controller.settle();
        assertThat(refusal(controller.loadBalancers().delete(lb, false)))
                .isEqualTo(new Refusal(
                        Refusal.Kind.INVALID,
                        "cascade",
                        "false",
                        "Validation failure: Cannot delete Load Balancer " + lb + " - it has children"));
        done(controller.loadBalancers().delete(lb, true));
    }

    @Test
    void listeners_shareNoPort_andTakeNoForeignPool() {
        controller.settle();
        done(controller.listeners().create(listener(80)));
        controller.settle();
        assertThat(conflict(controller.listeners().create(listener(80))))
                .isEqualTo(
                        "Another Listener on this Load Balancer is already using protocol HTTP and protocol_port 80");
        Outcome<ListenerDraft> draft = ListenerRules.create(Map.of(
                "listener",
                Map.of("loadbalancer_id", lb, "protocol", "HTTP", "protocol_port", 81, "default_pool_id", NOBODY)));
        assertThat(refusal(controller.listeners().create(done(draft)))).isEqualTo(Words.notFound(Words.POOL, NOBODY));
        Outcome<ListenerDraft> wrongFamily = ListenerRules.create(Map.of(
                "listener",
                Map.of(
                        "loadbalancer_id",
                        lb,
                        "protocol",
                        "HTTP",
                        "protocol_port",
                        82,
                        "allowed_cidrs",
                        List.of("2001:db8::/32"))));
        assertThat(refusal(controller.listeners().create(done(wrongFamily))).rule())
                .isEqualTo(
                        "Validation failure: CIDR 2001:db8::/32 IP version incompatible with VIP 192.0.2.101 IP version.");
    }

    @Test
    void aPool_becomesTheDefaultOfItsListener_once_andWithAFittingProtocol() {
        controller.settle();
        String listener = done(controller.listeners().create(listener(80))).id();
        controller.settle();
        assertThat(refusal(controller.pools().create(pool("TCP", listener))).rule())
                .isEqualTo(
                        "Validation failure: The pool protocol 'TCP' is invalid while the listener protocol is 'HTTP'.");
        PoolView pool = done(controller.pools().create(pool("HTTP", listener)));
        assertThat(pool.listenerIds()).containsExactly(listener);
        controller.settle();
        assertThat(conflict(controller.pools().create(pool("HTTP", listener))))
                .isEqualTo("This listener already has a default pool");
        done(controller.pools().delete(pool.pool().id()));
        controller.settle();
        assertThat(done(controller.listeners().find(listener)).defaultPoolId()).isNull();
    }

    @Test
    void members_areKnownByAddressAndPort_andReplacedAsABatch() {
        controller.settle();
        String pool = done(controller.pools().create(pool("HTTP", null))).pool().id();
        controller.settle();
        done(controller.members().create(pool, member("10.0.0.1", 80)));
        assertThat(conflict(controller.members().create(pool, member("10.0.0.2", 80))))
                .isEqualTo("Pool " + pool + " is immutable and cannot be updated.");
        controller.settle();
        assertThat(conflict(controller.members().create(pool, member("10.0.0.1", 80))))
                .isEqualTo("Another member on this pool is already using ip 10.0.0.1 on protocol_port 80");
        List<Member> after = done(
                controller.members().replace(pool, List.of(member("10.0.0.2", 80), member("10.0.0.3", 80)), false));
        assertThat(after)
                .extracting(m -> m.address() + " " + m.header().provisioning())
                .containsExactly("10.0.0.1 PENDING_DELETE", "10.0.0.2 PENDING_CREATE", "10.0.0.3 PENDING_CREATE");
        controller.settle();
        done(controller.members().replace(pool, List.of(member("10.0.0.4", 80)), true));
        controller.settle();
        assertThat(done(controller.members().list(pool, ListQuery.all(10)))).hasSize(3);
        assertThat(refusal(controller
                                .members()
                                .create(
                                        pool,
                                        done(MemberRules.create(Map.of(
                                                "member",
                                                Map.of(
                                                        "address",
                                                        "10.0.0.9",
                                                        "protocol_port",
                                                        80,
                                                        "subnet_id",
                                                        NOBODY))))))
                        .rule())
                .isEqualTo("Subnet " + NOBODY + " not found.");
    }

    @Test
    void aPool_hasOneMonitor_whoseChangeFitsItsType() {
        controller.settle();
        String pool = done(controller.pools().create(pool("HTTP", null))).pool().id();
        controller.settle();
        HealthMonitor monitor = done(controller.healthMonitors().create(monitor(pool, "TCP")));
        controller.settle();
        assertThat(conflict(controller.healthMonitors().create(monitor(pool, "HTTP"))))
                .isEqualTo("This pool already has a health monitor");
        Outcome<HealthMonitorChange> change =
                HealthMonitorRules.change(Map.of("healthmonitor", Map.of("url_path", "/up")));
        assertThat(refusal(controller.healthMonitors().change(monitor.id(), done(change)))
                        .rule())
                .isEqualTo("http_method is not a valid option for health monitors of type TCP");
        done(controller.healthMonitors().delete(monitor.id()));
        controller.settle();
        assertThat(done(controller.pools().find(pool)).healthMonitorId()).isNull();
    }

    private ListenerDraft listener(int port) {
        return done(ListenerRules.create(
                Map.of("listener", Map.of("loadbalancer_id", lb, "protocol", "HTTP", "protocol_port", port))));
    }

    private PoolDraft pool(String protocol, String listener) {
        return done(PoolRules.create(Map.of(
                "pool",
                listener == null
                        ? Map.of("loadbalancer_id", lb, "protocol", protocol, "lb_algorithm", "ROUND_ROBIN")
                        : Map.of("listener_id", listener, "protocol", protocol, "lb_algorithm", "ROUND_ROBIN"))));
    }

    private static MemberDraft member(String address, int port) {
        return done(MemberRules.create(Map.of("member", Map.of("address", address, "protocol_port", port))));
    }

    private static HealthMonitorDraft monitor(String pool, String type) {
        return done(HealthMonitorRules.create(Map.of(
                "healthmonitor", Map.of("type", type, "delay", 5, "timeout", 3, "max_retries", 3, "pool_id", pool))));
    }

    private static LoadBalancerChange name(String name) {
        return done(LoadBalancerRules.change(Map.of("loadbalancer", Map.of("name", name))));
    }

    private static <T> T done(CompletionStage<Outcome<T>> call) {
        return done(call.toCompletableFuture().join());
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static <T> Refusal refusal(CompletionStage<Outcome<T>> call) {
        Outcome<T> outcome = call.toCompletableFuture().join();
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<T>) outcome).reasons().get(0);
    }

    private static <T> String conflict(CompletionStage<Outcome<T>> call) {
        Refusal refusal = refusal(call);
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
        return refusal.rule();
    }
}
