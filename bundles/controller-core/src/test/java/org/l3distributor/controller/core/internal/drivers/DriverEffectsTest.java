// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.PlugEnd;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Led;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.flow.VipPorts;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class DriverEffectsTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final String AMPHORA = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final Led KEY = new Led(new VipKey("distributor", LB), "L3_BGP");

    private final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(new Network("mgmt", "mgmt", 1500, false), subnet("mgmt-sub", "mgmt", "192.0.2.0/24"))
            .with(new Network("front", "front", 1500, false), subnet("front-sub", "front", "198.51.100.0/24"))
            .with(new Network("vips", "vips", 1500, false), subnet("vip-sub", "vips", "203.0.113.0/24"));
    private final Machines machines = new Machines();
    private final Distributor distributor = new Distributor();
    private final FakeClient client = new FakeClient();
    private final Present present = new Present();
    private final DriverEffects effects = new DriverEffects(
            present,
            new Files(),
            new DriverEffects.Settings("fake", "mgmt", "mgmt-sub", 9443, Duration.ofMillis(300)),
            Runnable::run);

    private static Subnet subnet(String id, String network, String cidr) {
        return new Subnet(id, network, id, IpPrefix.parse(cidr), null, List.of());
    }

    private static LoadBalancer loadBalancer() {
        LoadBalancer made = Things.loadBalancer(LB, "lb", "203.0.113.9");
        Vip vip = new Vip(IpAddress.parse("203.0.113.9"), "vip-port", "vips", "vip-sub");
        return new LoadBalancer(made.header(), vip, List.of(), "front", "front-sub", "octavia", "ACTIVE_ACTIVE", 3);
    }

    private static Amphora planned() {
        return Amphora.planned(AMPHORA, LB, "combined", Instant.EPOCH);
    }

    private Amphora built() throws Exception {
        Result.Built built = (Result.Built) result(new Effect.Build(planned(), Optional.of(loadBalancer())));
        return planned()
                .built(built.computeId(), built.managementIp(), built.failureDomain())
                .with(built.frontend())
                .with(ProvisioningStatus.BOOTING);
    }

    private Result result(Effect effect) throws Exception {
        return effects.start(effect).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private List<Port> ports() throws Exception {
        return ((Outcome.Done<List<Port>>)
                        networks.ports(NetworkQuery.ALL).toCompletableFuture().get())
                .value();
    }

    @Test
    void build_twice_makesOneMachineWithTwoPorts_andDestroyLeavesNothing() throws Exception {
        Amphora first = built();
        assertThat(built()).isEqualTo(first);
        assertThat(machines.specs).containsOnlyKeys(AMPHORA);
        InstanceSpec spec = machines.specs.get(AMPHORA);
        assertThat(spec.files()).containsOnlyKeys("/etc/octavia/amphora-agent.conf");
        assertThat(spec.ports()).hasSize(1);
        assertThat(ports()).hasSize(2).allMatch(p -> p.owner().equals(AMPHORA));
        assertThat(((Result.Built) result(new Effect.Build(planned(), Optional.of(loadBalancer()))))
                        .certificateExpires())
                .isEqualTo(Instant.EPOCH.plusSeconds(60));
        assertThat(first.managementIp()).isNotNull();
        assertThat(IpPrefix.parse("198.51.100.0/24").contains(first.frontend().ip()))
                .isTrue();
        assertThat(result(new Effect.Destroy(AMPHORA))).isInstanceOf(Result.Done.class);
        assertThat(result(new Effect.Destroy(AMPHORA))).isInstanceOf(Result.Done.class);
        assertThat(machines.specs).isEmpty();
        assertThat(ports()).isEmpty();
    }

    @Test
    void vipsOfBothIpVersions_haveNextHopsOfBoth_fromBuildToPlugToAnnouncement() throws Exception {
        networks.with(
                new Network("both", "both", 1500, false),
                subnet("both4", "both", "198.51.100.0/25"),
                subnet("both6", "both", "2001:db8:5::/64"));
        networks.with(new Network("six", "six", 1500, false), subnet("vip6-sub", "vips", "2001:db8:9::/64"));
        LoadBalancer made = loadBalancer();
        LoadBalancer both = new LoadBalancer(
                made.header(),
                made.vip(),
                List.of(new Vip(IpAddress.parse("2001:db8:9::9"), "p6", "vips", "vip6-sub")),
                "both",
                "both4",
                "octavia",
                "ACTIVE_ACTIVE",
                3);
        Result.Built built = (Result.Built) result(new Effect.Build(planned(), Optional.of(both)));
        IpAddress first = built.frontend().ip();
        IpAddress second = built.frontend().secondIp();
        assertThat(IpPrefix.parse("198.51.100.0/25").contains(first)).isTrue();
        assertThat(IpPrefix.parse("2001:db8:5::/64").contains(second)).isTrue();
        Amphora amphora = planned()
                .built(built.computeId(), built.managementIp(), built.failureDomain())
                .with(built.frontend())
                .with(ProvisioningStatus.BOOTING);
        assertThat(result(new Effect.Plug(amphora, both))).isInstanceOf(Result.Done.class);
        assertThat(client.calls.get(0))
                .contains("frontendIp=" + first)
                .contains("AdditionalVip[vip=2001:db8:9::9")
                .contains("frontendIp=" + second + ", frontendSubnet=2001:db8:5::/64");
        assertThat(result(new Effect.Announce(KEY, both, List.of(amphora)))).isInstanceOf(Result.Done.class);
        assertThat(distributor.nextHops).containsExactly(first, second);
        assertThat(result(new Effect.Destroy(AMPHORA))).isInstanceOf(Result.Done.class);
        assertThat(ports()).isEmpty();
    }

    @Test
    void aSpeaker_hasItsSecondPortFromTheStart_whereItsRoutersAreElsewhere() throws Exception {
        Amphora speaker = Amphora.planned(AMPHORA, null, "distributor", Instant.EPOCH);
        Result.Built plain = (Result.Built) result(new Effect.Build(speaker, Optional.empty()));
        assertThat(machines.specs.get(AMPHORA).ports()).hasSize(1);
        assertThat(plain.frontend().ip()).isEqualTo(plain.managementIp());
        assertThat(result(new Effect.Destroy(AMPHORA))).isInstanceOf(Result.Done.class);
        DriverEffects elsewhere = new DriverEffects(
                present,
                new Files(),
                new DriverEffects.Settings(
                        "fake",
                        "mgmt",
                        "mgmt-sub",
                        Optional.of(new DriverEffects.Settings.Place("front", "front-sub")),
                        9443,
                        Duration.ofMillis(300)),
                Runnable::run);
        Result.Built built = (Result.Built) elsewhere
                .start(new Effect.Build(speaker, Optional.empty()))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(machines.specs.get(AMPHORA).ports())
                .extracting(Port::networkId)
                .containsExactly("mgmt", "front");
        assertThat(IpPrefix.parse("198.51.100.0/24").contains(built.frontend().ip()))
                .isTrue();
        assertThat(result(new Effect.Destroy(AMPHORA))).isInstanceOf(Result.Done.class);
        assertThat(ports()).isEmpty();
    }

    @Test
    void placing_asksForEveryVip_andIsDoneWhenAllAreAsWanted() throws Exception {
        List<String> many = IntStream.range(0, 70).mapToObj(i -> "lb-" + i).toList();
        Effect place = new Effect.Place("distributor", "L3_BGP", many, "again");
        assertThat(result(place)).isInstanceOf(Result.Done.class);
        assertThat(distributor.calls).hasSize(70).allMatch("register []"::equals);
        distributor.result = new DriverResult.Unfinished<>(status(), List.of("a session is down"));
        assertThat(result(place)).isInstanceOf(Result.Later.class);
        distributor.result = DriverResult.refused(Refusal.notFound("vip", null, "it went"));
        assertThat(result(place)).isInstanceOf(Result.Done.class);
    }

    @Test
    void aDistributor_isTakenOnAndLetGo_asItsDriverSays() throws Exception {
        assertThat(result(new Effect.TakeOn("distributor", "L3_BGP"))).isInstanceOf(Result.Done.class);
        assertThat(result(new Effect.LetGo("distributor", "L3_BGP"))).isInstanceOf(Result.Done.class);
        assertThat(distributor.calls).containsExactly("create distributor", "delete distributor");
        distributor.fault = new IllegalStateException("a bug");
        assertThat(result(new Effect.TakeOn("distributor", "L3_BGP"))).isInstanceOf(Result.Later.class);
    }

    @Test
    void boot_waitsForTheMachineAndForItsApi_andGivesUpWhatIsBroken() throws Exception {
        Amphora amphora = built();
        machines.state = Instance.State.BUILDING;
        assertThat(result(new Effect.Boot(amphora))).isInstanceOf(Result.Later.class);
        machines.state = Instance.State.ACTIVE;
        client.up = false;
        assertThat(result(new Effect.Boot(amphora))).isInstanceOf(Result.Later.class);
        client.up = true;
        assertThat(result(new Effect.Boot(amphora))).isInstanceOf(Result.Done.class);
        machines.state = Instance.State.ERROR;
        assertThat(result(new Effect.Boot(amphora))).isInstanceOf(Result.Never.class);
        machines.specs.clear();
        assertThat(result(new Effect.Boot(amphora))).isInstanceOf(Result.Never.class);
    }

    @Test
    void plug_putsThePortIn_andTellsTheAmphoraItsFrontEnd() throws Exception {
        Amphora amphora = built();
        client.plugEnd = PlugEnd.NO_INTERFACE;
        assertThat(result(new Effect.Plug(amphora, loadBalancer()))).isInstanceOf(Result.Later.class);
        client.plugEnd = PlugEnd.STOOD;
        assertThat(result(new Effect.Plug(amphora, loadBalancer()))).isInstanceOf(Result.Done.class);
        assertThat(machines.attached).contains(amphora.frontend().portId());
        assertThat(client.calls.get(0))
                .contains("vip=203.0.113.9")
                .contains("subnet=203.0.113.0/24")
                .contains("frontendIp=" + amphora.frontend().ip())
                .contains("FrontEnd[subnet=198.51.100.0/24");
        client.answer = new CallResult.Rejected<>(400, "", "Invalid VIP");
        assertThat(result(new Effect.Plug(amphora, loadBalancer()))).isInstanceOf(Result.Never.class);
    }

    @Test
    void configure_uploadsAndReloads_orEmpties_andTakesA400ForTheLastWord() throws Exception {
        Amphora amphora = built();
        assertThat(result(new Effect.Configure(amphora, LB, Optional.of("frontend x\n"), "d")))
                .isInstanceOf(Result.Done.class);
        assertThat(result(new Effect.Configure(amphora, LB, Optional.empty(), "none")))
                .isInstanceOf(Result.Done.class);
        assertThat(client.calls).containsExactly("upload " + LB + " frontend x\n", "reload " + LB, "delete " + LB);
        client.answer = new CallResult.Rejected<>(400, "", "haproxy says no");
        assertThat(result(new Effect.Configure(amphora, LB, Optional.of("x"), "d")))
                .isInstanceOf(Result.Never.class);
        client.answer = new CallResult.Unavailable<>("timed out", true);
        assertThat(result(new Effect.Configure(amphora, LB, Optional.of("x"), "d")))
                .isInstanceOf(Result.Later.class);
    }

    @Test
    void anAmphora_isIdle_whenItsHaproxyHasNeitherConnectionsNorOldWorkers() throws Exception {
        Effect idle = new Effect.Idle(built(), LB);
        HeldConnections other = new HeldConnections("other", 7, 1);
        client.held = List.of(other, new HeldConnections(LB, 0, 0));
        assertThat(result(idle)).isEqualTo(new Result.Done(idle));
        assertThat(client.calls).as("it is asked again anyway").containsExactly("once", "held");
        client.held = List.of(other);
        assertThat(result(idle)).as("it has no such load balancer").isEqualTo(new Result.Done(idle));
        client.held = List.of(new HeldConnections(LB, 1, 0));
        assertThat(result(idle)).isEqualTo(new Result.NotYet(idle));
        client.held = List.of(new HeldConnections(LB, 0, 2));
        assertThat(result(idle)).isEqualTo(new Result.NotYet(idle));
    }

    @Test
    void whetherAnAmphoraIsIdle_isNotKnown_whereItDoesNotSay_andNeverWhereItCannot() throws Exception {
        Effect idle = new Effect.Idle(built(), LB);
        client.held = List.of(HeldConnections.unknown(LB));
        assertThat(result(idle)).isInstanceOf(Result.Later.class);
        client.answer = new CallResult.Unavailable<>("timed out", true);
        assertThat(result(idle)).isInstanceOf(Result.Later.class);
        client.answer = new CallResult.Rejected<>(404, "unknown_path", "an amphora of an older version");
        assertThat(result(idle)).isInstanceOf(Result.Never.class);
        client.answer = new CallResult.Rejected<>(403, "forbidden", "another client's");
        assertThat(result(idle)).isInstanceOf(Result.Never.class);
    }

    @Test
    void push_replacesTheAgentsFile() throws Exception {
        Amphora amphora = built();
        assertThat(result(new Effect.Push(amphora, "v"))).isInstanceOf(Result.Done.class);
        assertThat(client.calls).containsExactly("config [DEFAULT]\n");
        client.answer = new CallResult.Rejected<>(400, "", "a section is wrong");
        assertThat(result(new Effect.Push(amphora, "v"))).isInstanceOf(Result.Never.class);
    }

    @Test
    void announce_isDoneWhenItIsDurablyWanted_andWithdrawWhenItIsSoEverywhere() throws Exception {
        Amphora amphora = built();
        distributor.result = new DriverResult.Unfinished<>(status(), List.of("a session is down"));
        assertThat(result(new Effect.Announce(KEY, loadBalancer(), List.of(amphora))))
                .isInstanceOf(Result.Done.class);
        assertThat(distributor.calls).containsExactly("add [203.0.113.9]", "register [" + AMPHORA + "]");
        assertThat(result(new Effect.Withdraw(KEY, List.of(AMPHORA), false))).isInstanceOf(Result.Later.class);
        assertThat(result(new Effect.Withdraw(KEY, List.of(AMPHORA), true))).isInstanceOf(Result.Done.class);
        assertThat(result(new Effect.Forget(KEY))).isInstanceOf(Result.Later.class);
        distributor.result = new DriverResult.Done<>(DriverEffectsTest.status());
        assertThat(result(new Effect.Withdraw(KEY, List.of(AMPHORA), false))).isInstanceOf(Result.Done.class);
        assertThat(result(new Effect.Forget(KEY))).isInstanceOf(Result.Done.class);
        distributor.result = DriverResult.refused(Refusal.invalid("vip", null, "no"));
        assertThat(result(new Effect.Announce(KEY, loadBalancer(), List.of(amphora))))
                .isInstanceOf(Result.Never.class);
        distributor.result = new DriverResult.Failed<>("the records are away");
        assertThat(result(new Effect.Forget(KEY))).isInstanceOf(Result.Later.class);
    }

    @Test
    void aDriver_thatThrows_hangsOrIsNotThere_isAskedAgainLater() throws Exception {
        Amphora amphora = built();
        distributor.result = null; // never ends
        assertThat(result(new Effect.Forget(KEY)))
                .isInstanceOfSatisfying(
                        Result.Later.class, later -> assertThat(later.reason()).contains("no answer"));
        distributor.fault = new IllegalStateException("a bug");
        assertThat(result(new Effect.Forget(KEY))).isInstanceOf(Result.Later.class);
        present.some = false;
        for (Effect effect : List.of(
                new Effect.Build(planned(), Optional.of(loadBalancer())),
                new Effect.Boot(amphora),
                new Effect.Plug(amphora, loadBalancer()),
                new Effect.Configure(amphora, LB, Optional.empty(), "none"),
                new Effect.Quiesce(amphora, LB, ""),
                new Effect.Idle(amphora, LB),
                new Effect.Stop(amphora, LB),
                new Effect.Announce(KEY, loadBalancer(), List.of(amphora)),
                new Effect.Withdraw(KEY, List.of(AMPHORA), false),
                new Effect.Forget(KEY),
                new Effect.Destroy(AMPHORA),
                new Effect.ReleaseVips(loadBalancer()))) {
            assertThat(result(effect)).as(effect.key()).isInstanceOf(Result.Later.class);
        }
    }

    @Test
    void releaseVips_findsThePortsByTheirNames_andLeavesOthersAlone() throws Exception {
        networks.allocateVip(VipPorts.name(LB, 0), "vips", "vip-sub", null, LB)
                .toCompletableFuture()
                .get();
        networks.allocateVip("octavia-lb-other", "vips", "vip-sub", null, "other")
                .toCompletableFuture()
                .get();
        assertThat(result(new Effect.ReleaseVips(loadBalancer()))).isInstanceOf(Result.Done.class);
        assertThat(ports()).extracting(Port::name).containsExactly("octavia-lb-other");
    }

    private static VipStatus status() {
        return new VipStatus(KEY.key(), List.of(), List.of());
    }

    private final class Present implements DriverSet {
        private boolean some = true;

        @Override
        public Optional<ComputeDriver> compute() {
            return some ? Optional.of(machines) : Optional.empty();
        }

        @Override
        public Optional<NetworkDriver> network() {
            return some ? Optional.of(networks) : Optional.empty();
        }

        @Override
        public Optional<DistributorDriver> distributor(String type) {
            return some ? Optional.of(distributor) : Optional.empty();
        }

        @Override
        public Optional<AmphoraClients> amphorae() {
            return some ? Optional.of(new OneClient()) : Optional.empty();
        }
    }

    private final class OneClient implements AmphoraClients {
        @Override
        public AmphoraClient amphora(AmphoraEndpoint endpoint) {
            return client;
        }

        @Override
        public List<Trouble> troubles() {
            return List.of();
        }
    }

    private static final class Files implements AmphoraFiles {
        @Override
        public Made of(Amphora amphora) {
            return new Made(
                    Map.of("/etc/octavia/amphora-agent.conf", settings(amphora)), Instant.EPOCH.plusSeconds(60));
        }

        @Override
        public Certificate certificate(String amphoraId) {
            throw new UnsupportedOperationException("no effect calls this");
        }

        @Override
        public byte[] settings(Amphora amphora) {
            return "[DEFAULT]\n".getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Machines implements ComputeDriver {
        private final TreeMap<String, InstanceSpec> specs = new TreeMap<>();
        private final List<String> attached = new ArrayList<>();
        private Instance.State state = Instance.State.ACTIVE;

        private Instance instance(String id) {
            String fault = state == Instance.State.ERROR ? "no host" : null;
            return new Instance(id, "compute-1", state, null, List.of(), "rack", fault);
        }

        private static <T> CompletionStage<Outcome<T>> done(T value) {
            return CompletableFuture.completedStage(Outcome.done(value));
        }

        @Override
        public CompletionStage<Outcome<Instance>> create(InstanceSpec spec) {
            specs.putIfAbsent(spec.amphoraId(), spec);
            return done(instance(spec.amphoraId()));
        }

        @Override
        public CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId) {
            return done(specs.containsKey(amphoraId) ? Optional.of(instance(amphoraId)) : Optional.empty());
        }

        @Override
        public CompletionStage<Outcome<Boolean>> delete(String amphoraId) {
            return done(specs.remove(amphoraId) != null);
        }

        @Override
        public CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port) {
            attached.add(port.id());
            return done(instance(amphoraId));
        }

        @Override
        public CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId) {
            return done(instance(amphoraId));
        }

        @Override
        public CompletionStage<Outcome<List<Instance>>> list() {
            return done(specs.keySet().stream().map(this::instance).toList());
        }
    }

    private static final class Distributor implements DistributorDriver {
        private final List<String> calls = new ArrayList<>();
        private final List<IpAddress> nextHops = new ArrayList<>();
        private @Nullable DriverResult<VipStatus> result = new DriverResult.Done<>(DriverEffectsTest.status());
        private @Nullable RuntimeException fault;

        private Operation<VipStatus> ended(String call) {
            calls.add(call);
            if (fault != null) {
                throw fault;
            }
            return result == null ? new RunningOperation<>() : RunningOperation.ended(result);
        }

        @Override
        public Operation<VipStatus> addVip(VipKey key, List<IpAddress> vips) {
            return ended("add " + vips);
        }

        @Override
        public Operation<VipStatus> removeVip(VipKey key) {
            return ended("remove");
        }

        @Override
        public Operation<VipStatus> registerAmphorae(VipKey key, List<Member> members) {
            members.forEach(m -> nextHops.addAll(m.frontendIps()));
            return ended("register " + members.stream().map(Member::amphoraId).toList());
        }

        @Override
        public Operation<VipStatus> unregisterAmphorae(VipKey key, List<String> amphoraIds) {
            return ended("unregister " + amphoraIds);
        }

        @Override
        public Operation<VipStatus> drainAmphorae(VipKey key, List<String> amphoraIds, Duration deadline) {
            throw new UnsupportedOperationException("no effect calls this");
        }

        @Override
        public Operation<DistributorStatus> createDistributor(String distributorId) {
            return told("create " + distributorId, distributorId);
        }

        @Override
        public Operation<DistributorStatus> deleteDistributor(String distributorId) {
            return told("delete " + distributorId, distributorId);
        }

        private Operation<DistributorStatus> told(String call, String distributorId) {
            calls.add(call);
            if (fault != null) {
                throw fault;
            }
            return RunningOperation.ended(
                    new DriverResult.Done<>(new DistributorStatus(distributorId, List.of(), List.of(), List.of())));
        }

        @Override
        public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
            throw new UnsupportedOperationException("no effect calls this");
        }
    }
}
