// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.run.NobodysDriver;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.SilentAmphorae;
import org.l3distributor.distributor.controller.SilentAmphorae.State;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.contract.OperatorServicesContract;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;

/** The contract, over the tables; and what of it only tables show: tasks, and who may not be done without. */
class OperatorsTest extends OperatorServicesContract {
    private static final String DEFAULT = "default-distributor";

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private Optional<DistributorDriver> driver = Optional.of(new Teller());
    private final Services services = new Services(
            store,
            Optional::empty,
            Runnable::run,
            () -> {},
            3,
            type -> type.equals("L3_BGP") ? driver : Optional.empty(),
            DEFAULT,
            Silence.DEFAULT);

    @BeforeEach
    void fill() throws Exception {
        store.run(tx -> {
            LoadBalancer lb = Things.loadBalancer(LOAD_BALANCER, "lb", "203.0.113.9");
            tx.loadBalancers().insert(lb.with(lb.header().with(ProvisioningStatus.ACTIVE)));
        });
    }

    @Override
    protected AmphoraService amphorae() {
        return services.amphorae();
    }

    @Override
    protected DistributorAdminService distributors() {
        return services.distributors();
    }

    @Override
    protected BgpProfileService profile() {
        return services.profiles();
    }

    @Override
    protected void given(Amphora amphora) throws Exception {
        store.run(tx -> tx.amphorae().insert(amphora));
    }

    private void given(String id, String distributorId) throws Exception {
        store.run(tx -> {
            if (distributorId != null && tx.distributors().find(distributorId).isEmpty()) {
                tx.distributors()
                        .insert(new Distributor(
                                distributorId, "L3_BGP", ProvisioningStatus.ACTIVE, "racks", true, 2, 0));
            }
            Amphora made = Things.amphora(
                    id,
                    distributorId == null ? LOAD_BALANCER : null,
                    "192.0.2." + (id.hashCode() & 127),
                    "198.51.100.1");
            tx.amphorae().insert(distributorId == null ? made : made.speakingFor(distributorId));
            tx.health().heard(List.of(new AmphoraHealth(id, tx.now(), false)));
        });
    }

    private Map<String, String> tasks() throws Exception {
        List<Task> open = new ArrayList<>(store.in(tx -> tx.tasks().open(10)));
        Map<String, String> kinds = new TreeMap<>();
        open.forEach(t -> kinds.put(t.targetId(), t.kind()));
        return kinds;
    }

    @Test
    void failover_ofTheLastThatServes_keepsItUntilItsSuccessorDoes() throws Exception {
        given("only", (String) null);
        AmphoraView view = done(amphorae().failover("only"));
        assertThat(view.busy()).isTrue();
        assertThat(view.lastHeard()).isNotNull();
        assertThat(tasks()).containsEntry("only", Kind.AMPHORA_REPLACE.name());
        String data = store.in(tx -> tx.tasks().findOpen("only").orElseThrow().data());
        assertThat(data).contains("keep");
        assertThat(refused(amphorae().failover("only")).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refused(amphorae().configure("only")).kind()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    private List<State> states() throws Exception {
        return done(amphorae().silent()).amphorae().stream()
                .map(SilentAmphorae.Silent::state)
                .toList();
    }

    @Test
    void amphoraeThatFellSilentTogether_areHeld_untilAnOperatorSaysThatTheyAreDead() throws Exception {
        for (int i = 0; i < 5; i++) {
            String id = "a" + i;
            long ago = i == 0 ? 4000 : i == 4 ? 40 : 90;
            store.run(tx -> {
                tx.amphorae().insert(Things.amphora(id, LOAD_BALANCER, "192.0.2.1", "198.51.100.1"));
                tx.health().heard(List.of(new AmphoraHealth(id, tx.now().minusSeconds(ago), false)));
            });
        }
        assertThat(states()).containsExactly(State.DEAD, State.HELD, State.HELD, State.HELD, State.HELD);
        store.run(tx -> tx.health().setBusy("a0", true));
        SilentAmphorae before = done(amphorae().silent());
        assertThat(before.all()).isEqualTo(5);
        assertThat(before.most()).isEqualTo(3);
        assertThat(before.held()).isEqualTo(4);
        SilentAmphorae after = done(amphorae().confirmSilent());
        assertThat(after.held()).as("one is late only, and alone now").isZero();
        assertThat(after.amphorae()).hasSize(4);
        assertThat(after.amphorae().get(0)).isEqualTo(new SilentAmphorae.Silent("a1", null, State.DEAD));
        assertThat(states()).containsExactly(State.DEAD, State.DEAD, State.DEAD, State.REPLACED);
        assertThat(done(amphorae().find("a1")).lastHeard()).isNull();
    }

    @Test
    void failover_whileItsLoadBalancerIsMadeOrDeleted_isRefused() throws Exception {
        given("a", (String) null);
        for (ProvisioningStatus status :
                List.of(ProvisioningStatus.PENDING_CREATE, ProvisioningStatus.PENDING_DELETE)) {
            store.run(tx -> {
                LoadBalancer lb = tx.loadBalancers().find(LOAD_BALANCER).orElseThrow();
                tx.loadBalancers().update(lb, lb.with(lb.header().with(status)));
            });
            assertThat(refused(amphorae().failover("a")).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        }
        assertThat(tasks()).isEmpty();
    }

    @Test
    void speakers_areReplacedAndDeleted_butNotTheLastOneThatIsNeeded() throws Exception {
        given("s1", "racks");
        given("s2", "racks");
        done(amphorae().failover("s1"));
        assertThat(tasks()).containsEntry("s1", Kind.SPEAKER_REPLACE.name());
        assertThat(status("s1")).as("the other announces in its place").isEqualTo(ProvisioningStatus.ERROR);
        store.records(9443)
                .replace(null, VipRecord.of(new VipKey("racks", LOAD_BALANCER), vips()))
                .orElseThrow();
        assertThat(refused(amphorae().delete("s2")).rule())
                .contains("is the last one that announces for distributor racks");
        given("s3", "racks");
        done(amphorae().delete("s2"));
        assertThat(tasks()).containsEntry("s2", Kind.SPEAKER_DELETE.name());
        assertThat(refused(amphorae().delete("s2")).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        done(amphorae().failover("s3"));
        assertThat(status("s3")).as("nobody else is there").isEqualTo(ProvisioningStatus.ALLOCATED);
        done(amphorae().find("s3"));
    }

    private static List<IpAddress> vips() {
        return List.of(
                IpAddress.parse("203.0.113.9"), IpAddress.parse("2001:db8::11"), IpAddress.parse("2001:db8::12"));
    }

    private ProvisioningStatus status(String id) throws Exception {
        return store.in(tx -> tx.amphorae().find(id).orElseThrow().status());
    }

    @Test
    void statistics_areThoseOfTheAmphoraAlone() throws Exception {
        given("a", (String) null);
        store.run(tx -> {
            tx.listeners().insert(Things.listener("listener", LOAD_BALANCER, 80, null));
            tx.statistics()
                    .add(List.of(
                            new ListenerStatistics("listener", "a", 1, 2, 3, 4, 5),
                            new ListenerStatistics("listener", "b", 9, 9, 9, 9, 9)));
        });
        assertThat(done(amphorae().statistics("a")))
                .containsExactly(new ListenerStatistics("listener", "a", 1, 2, 3, 4, 5));
    }

    @Test
    void whoLeadsTrafficByDefault_orToSomebody_isNotDeleted() throws Exception {
        store.run(tx -> {
            tx.distributors()
                    .insert(new Distributor(DEFAULT, "L3_BGP", ProvisioningStatus.ACTIVE, "default", false, 1, 0));
            tx.distributors().insert(new Distributor("chosen", "L3_BGP", ProvisioningStatus.ACTIVE, "c", false, 1, 0));
            LoadBalancer lb = Things.loadBalancer("chooser", "lb", "203.0.113.10");
            tx.loadBalancers()
                    .insert(new LoadBalancer(
                            lb.header(),
                            lb.vip(),
                            lb.additionalVips(),
                            "n",
                            "s",
                            "octavia",
                            "ACTIVE_ACTIVE",
                            3,
                            "chosen"));
        });
        assertThat(refused(distributors().delete(DEFAULT)).rule()).contains("whose users chose none");
        assertThat(refused(distributors().delete("chosen")).rule()).contains("is in use by 1 load balancers");
        assertThat(done(distributors().find("chosen")).loadBalancerIds()).containsExactly("chooser");
    }

    @Test
    void repair_twice_isOneTask_andAnotherRedundancyPlacesAgain() throws Exception {
        given("s1", "racks");
        done(distributors().repair("racks"));
        done(distributors().repair("racks"));
        assertThat(tasks()).containsOnly(Map.entry("racks", Kind.DISTRIBUTOR_REPAIR.name()));
        given("s2", "rows");
        Distributor read = done(distributors().find("rows")).distributor();
        done(distributors()
                .change(read, new Distributor("rows", "L3_BGP", read.status(), "rows", true, 1, read.version())));
        assertThat(tasks()).containsEntry("rows", Kind.DISTRIBUTOR_REPAIR.name());
    }

    @Test
    void withoutItsDriver_aDistributorCannotBeAsked_andTheDatabaseIsNotEither() throws Exception {
        given("s1", "racks");
        driver = Optional.empty();
        assertThat(refused(distributors().status("racks")).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        store.broken(true);
        assertThat(refused(distributors().find("racks")).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(refused(amphorae().list(ListQuery.all(1))).kind()).isEqualTo(Refusal.Kind.NOT_READY);
    }

    /** A driver that tells of a distributor without anything. */
    private static final class Teller extends NobodysDriver {
        @Override
        public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
            return CompletableFuture.completedFuture(
                    new DriverResult.Done<>(new DistributorStatus(distributorId, List.of(), List.of(), List.of())));
        }
    }
}
