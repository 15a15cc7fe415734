// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.drivers.AmphoraFiles;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.drivers.FakeClient;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.run.Round;
import org.l3distributor.controller.core.internal.run.WorkLog;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpPrefix;

/** Rounds against tables in memory, machines in a map, and amphorae that say yes or no. */
class RoundsTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final String KNOWN = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String STRAY = "bbbbbbbb-0000-4000-8000-000000000002";
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration MONTH = Duration.ofDays(30);

    private final HandClock clock = new HandClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final Machines machines = new Machines();
    private final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(
                    new Network("mgmt", "mgmt", 1500, false),
                    new Subnet("mgmt-sub", "mgmt", "m", IpPrefix.parse("192.0.2.0/24"), null, List.of()));
    private final List<String> destroyed = new ArrayList<>();
    private final FakeClient client = new FakeClient();
    private boolean fails;
    private String data = "";

    @BeforeEach
    void fill() throws StoreException {
        store.run(tx -> {
            LoadBalancer lb = Things.loadBalancer(LB, "lb", "203.0.113.9");
            tx.loadBalancers().insert(lb.with(lb.header().with(ProvisioningStatus.ACTIVE)));
            tx.amphorae().insert(Things.amphora(KNOWN, LB, "192.0.2.1", "198.51.100.1"));
        });
        machines.ids.put(KNOWN, Instance.State.ACTIVE);
    }

    private Round.Left sweep() throws StoreException {
        SweepRound round = new SweepRound(
                store,
                new Present(),
                this::destroy,
                new SweepRound.Settings(Duration.ofMinutes(1), GRACE, Duration.ofMillis(200)),
                new RoundLog());
        Round.Left left = round.go(data);
        data = left.data();
        return left;
    }

    private CompletionStage<Result> destroy(Effect effect) {
        String id = ((Effect.Destroy) effect).amphoraId();
        if (fails) {
            return CompletableFuture.completedFuture(new Result.Later(effect, "it hangs"));
        }
        destroyed.add(id);
        machines.ids.remove(id);
        return CompletableFuture.completedFuture(new Result.Done(effect));
    }

    private void later(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Test
    void aMachine_thatNobodyKnows_isRemovedAfterTheGrace_andOneThatARowKnowsIsNot() throws StoreException {
        machines.ids.put(STRAY, Instance.State.ACTIVE);
        sweep();
        later(GRACE.minusSeconds(1));
        sweep();
        assertThat(destroyed).isEmpty();
        later(Duration.ofSeconds(1));
        assertThat(sweep().trouble()).isEmpty();
        assertThat(destroyed).containsExactly(STRAY);
        later(GRACE.multipliedBy(2));
        sweep();
        assertThat(destroyed).containsExactly(STRAY);
        assertThat(machines.ids).containsOnlyKeys(KNOWN);
    }

    @Test
    void ports_ofAMachineThatIsNotThere_areFoundByTheirNames() throws Exception {
        networks.createPort("amp-" + STRAY + "-mgmt", "mgmt", List.of("mgmt-sub"), STRAY)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        networks.createPort("octavia-lb-" + STRAY, "mgmt", List.of("mgmt-sub"), STRAY)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        networks.createPort("amp-nobodys-mgmt", "mgmt", List.of("mgmt-sub"), "x")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        sweep();
        later(GRACE);
        sweep();
        assertThat(destroyed).containsExactly(STRAY);
    }

    @Test
    void whatCannotBeRemoved_isTold_andTriedAgain() throws StoreException {
        machines.ids.put(STRAY, Instance.State.ACTIVE);
        sweep();
        later(GRACE);
        fails = true;
        assertThat(sweep().trouble()).isEqualTo(STRAY + ": it hangs");
        fails = false;
        sweep();
        assertThat(destroyed).containsExactly(STRAY);
    }

    @Test
    void withoutDrivers_orWithOnesThatThrowOrHang_nothingIsDoneAndNothingForgotten() throws StoreException {
        machines.ids.put(STRAY, Instance.State.ACTIVE);
        sweep();
        later(GRACE);
        String before = data;
        for (String how : List.of("throws", "hangs", "refuses", "gone")) {
            machines.how = how;
            assertThat(sweep().trouble()).as(how).isNotEmpty();
            assertThat(data).isEqualTo(before);
        }
        assertThat(destroyed).isEmpty();
        machines.how = "";
        sweep();
        assertThat(destroyed).containsExactly(STRAY);
    }

    @Test
    void anAmphora_thatNobodyWaitsFor_isWaitedFor_andOneWithoutAMachineIsSilentAlready() throws StoreException {
        store.run(tx -> tx.amphorae().insert(Things.amphora("gone", LB, "192.0.2.2", "198.51.100.2")));
        sweep();
        Instant heard = store.in(tx -> tx.health().find(KNOWN).orElseThrow().lastUpdate());
        assertThat(heard).isEqualTo(clock.now);
        Instant silent = store.in(tx -> tx.health().find("gone").orElseThrow().lastUpdate());
        assertThat(silent).isBefore(clock.now.minus(Duration.ofDays(1)));
    }

    @Test
    void whatIsOverForLong_isForgotten_alsoWhereThereAreNoDrivers() throws StoreException {
        store.run(tx -> {
            for (String target : List.of("over", "open")) {
                tx.tasks().insert(Task.begin("task-" + target, "LB_CONFIG", target, "RUN", "", tx.now()));
            }
            Task over = tx.tasks().findOpen("over").orElseThrow();
            tx.tasks().save(over.over(null, tx.now()));
            tx.withdrawals().insert(new Withdrawal("w", LB, KNOWN, tx.now()));
        });
        machines.how = "gone";
        later(Duration.ofDays(1));
        sweep();
        Optional<Task> kept = store.in(tx -> tx.tasks().find("task-over"));
        assertThat(kept).isPresent();
        assertThat(withdrawals()).as("the longest window is a day").isEqualTo(1);
        later(Duration.ofDays(1).plusMillis(1));
        sweep();
        Optional<Task> forgotten = store.in(tx -> tx.tasks().find("task-over"));
        assertThat(forgotten).isEmpty();
        Optional<Task> open = store.in(tx -> tx.tasks().find("task-open"));
        assertThat(open).isPresent();
        assertThat(withdrawals()).isZero();
    }

    private int withdrawals() throws StoreException {
        return store.in(tx -> tx.withdrawals().since(LB, Instant.EPOCH));
    }

    @Test
    void aRow_thatWasKeptForRoutes_goesWithThem() throws StoreException {
        store.run(tx -> tx.amphorae()
                .insert(Things.amphora("over", LB, "192.0.2.2", "198.51.100.2").with(ProvisioningStatus.DELETED)));
        sweep();
        Optional<Amphora> over = store.in(tx -> tx.amphorae().find("over"));
        assertThat(over).isEmpty();
    }

    private Round.Left renew() throws StoreException {
        RenewalRound round = new RenewalRound(
                store,
                () -> Optional.of(new OneClient()),
                new Files(),
                new RenewalRound.Settings(Duration.ofMinutes(1), MONTH, 9443, Duration.ofMillis(200)),
                new RoundLog());
        Round.Left left = round.go(data);
        data = left.data();
        return left;
    }

    private Instant expires() throws StoreException {
        return store.in(tx -> tx.amphorae().find(KNOWN).orElseThrow().certificateExpires());
    }

    @Test
    void aCertificate_isRenewedOnce_andNothingElseIsToldTheAmphora() throws StoreException {
        later(Duration.ofDays(200)); // the row's is over
        renew();
        assertThat(client.calls).containsExactly("certificate of " + KNOWN);
        assertThat(expires()).isEqualTo(clock.now.plus(MONTH));
        renew();
        later(Duration.ofDays(14));
        renew();
        assertThat(client.calls).hasSize(1);
        later(Duration.ofDays(7));
        renew();
        assertThat(client.calls).hasSize(2);
        assertThat(expires()).isEqualTo(clock.now.plus(MONTH));
    }

    @Test
    void anAmphora_thatRefuses_isTold_andAskedAgainLater() throws StoreException {
        later(Duration.ofDays(200));
        client.answer = new CallResult.Rejected<>(400, "", "not a certificate");
        Instant before = expires();
        assertThat(renew().trouble()).contains(KNOWN + ": status 400: not a certificate");
        assertThat(renew().trouble()).as("not at once").isEmpty();
        assertThat(expires()).isEqualTo(before);
        later(Duration.ofHours(1));
        client.answer = new CallResult.Unavailable<>("timed out", true);
        assertThat(renew().trouble()).contains("timed out");
        later(Duration.ofHours(1));
        client.answer = new CallResult.Answered<>(Reply.Ok.OK);
        assertThat(renew().trouble()).isEmpty();
        assertThat(expires()).isEqualTo(clock.now.plus(MONTH));
    }

    @Test
    void aRound_isDoneByOneControllerAtATime_andByAnotherWhenThatDies() throws Exception {
        Rounds.ensure(store, Kind.SWEEP);
        Rounds.ensure(store, Kind.SWEEP);
        assertThat(List.copyOf(store.in(tx -> tx.tasks().open(10)))).hasSize(1);
        MemoryStore real = new MemoryStore(Clock.systemUTC());
        Rounds.ensure(real, Kind.SWEEP);
        List<String> seen = new ArrayList<>();
        CompletableFuture<Void> twice = new CompletableFuture<>();
        Round counting = before -> {
            synchronized (seen) {
                seen.add(before);
                if (seen.size() == 1) {
                    throw new IllegalStateException("as a controller that dies in the middle");
                }
                if (seen.size() == 3) {
                    twice.complete(null);
                }
            }
            return new Round.Left("round " + seen.size(), Duration.ofMillis(1), "");
        };
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            workers.add(new Worker(
                    real,
                    effect -> CompletableFuture.failedFuture(new AssertionError("a round has no flow")),
                    new Worker.Settings(
                            "controller-" + i, "d", 2, Duration.ofMillis(150), Duration.ofMillis(10), Limits.DEFAULT),
                    new WorkLog(),
                    Map.of(Kind.SWEEP, counting)));
        }
        twice.get(30, TimeUnit.SECONDS);
        workers.forEach(Worker::close);
        assertThat(seen.subList(0, 3)).containsExactly("", "", "round 2");
        Task task = real.in(tx -> tx.tasks().findOpen("SWEEP").orElseThrow());
        assertThat(task.open()).isTrue();
    }

    private final class Present implements DriverSet {
        @Override
        public Optional<ComputeDriver> compute() {
            return machines.how.equals("gone") ? Optional.empty() : Optional.of(machines);
        }

        @Override
        public Optional<NetworkDriver> network() {
            return Optional.of(networks);
        }

        @Override
        public Optional<DistributorDriver> distributor(String type) {
            return Optional.empty();
        }

        @Override
        public Optional<AmphoraClients> amphorae() {
            return Optional.empty();
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

    private final class Files implements AmphoraFiles {
        @Override
        public Made of(Amphora amphora) {
            throw new UnsupportedOperationException("no round calls this");
        }

        @Override
        public byte[] settings(Amphora amphora) {
            throw new UnsupportedOperationException("no round calls this");
        }

        @Override
        public Certificate certificate(String amphoraId) {
            return new Certificate(("of " + amphoraId).getBytes(StandardCharsets.UTF_8), clock.now.plus(MONTH));
        }
    }

    private static final class Machines implements ComputeDriver {
        private final Map<String, Instance.State> ids = new TreeMap<>();
        private String how = "";

        @Override
        public CompletionStage<Outcome<List<Instance>>> list() {
            return switch (how) {
                case "throws" -> throw new IllegalStateException("a bug");
                case "hangs" -> new CompletableFuture<>();
                case "refuses" -> CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady("away")));
                default ->
                    CompletableFuture.completedFuture(Outcome.done(ids.entrySet().stream()
                            .map(e -> new Instance(
                                    e.getKey(), "c", e.getValue(), null, List.of(), "", fault(e.getValue())))
                            .toList()));
            };
        }

        private static @Nullable String fault(Instance.State state) {
            return state == Instance.State.ERROR ? "broken" : null;
        }

        private static UnsupportedOperationException unused() {
            return new UnsupportedOperationException("no round calls this");
        }

        @Override
        public CompletionStage<Outcome<Instance>> create(InstanceSpec spec) {
            throw unused();
        }

        @Override
        public CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId) {
            throw unused();
        }

        @Override
        public CompletionStage<Outcome<Boolean>> delete(String amphoraId) {
            throw unused();
        }

        @Override
        public CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port) {
            throw unused();
        }

        @Override
        public CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId) {
            throw unused();
        }
    }
}
