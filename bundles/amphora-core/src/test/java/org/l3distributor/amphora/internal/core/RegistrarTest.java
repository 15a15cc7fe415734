// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.l3distributor.amphora.internal.Samples.TOR1;
import static org.l3distributor.amphora.internal.Samples.TOR2;
import static org.l3distributor.amphora.internal.Samples.removal;
import static org.l3distributor.amphora.internal.Samples.row;
import static org.l3distributor.amphora.internal.Samples.rows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

class RegistrarTest {
    private static final String ROW = "a 203.0.113.1 10.0.0.1 *";
    private static final String OTHER_HOP = "b 203.0.113.1 10.0.0.2 *";

    private final World world = World.running();

    private DistributorService service() {
        return world.core.distributor();
    }

    private static List<RouteState> states(RegistrationStatus status) {
        return status.peers().stream().map(PeerRoute::state).toList();
    }

    @Test
    void register_withSessionsUp_isDurableThenAnnouncedThenAnswered() {
        CompletionStage<Outcome<RegistrationStatus>> answer = service().register(row(ROW));
        world.loopOnly();
        assertThat(world.speaker.wanted).as("not durable yet").isEmpty();
        RegistrationStatus status = world.done(answer);
        assertThat(world.store.rows).containsExactly(row(ROW));
        assertThat(world.speaker.calls).containsExactly("+203.0.113.1/32 10.0.0.1 *");
        assertThat(status.peers()).extracting(PeerRoute::peer).containsExactly(TOR1, TOR2);
        assertThat(states(status)).containsOnly(RouteState.ANNOUNCED);
        assertThat(status.peers().get(0).writtenAt()).isEqualTo(world.speaker.clock);
    }

    @Test
    void register_again_changesNothingAndIsDone() {
        world.done(service().register(row(ROW)));
        int transactions = world.store.transactions;
        int calls = world.speaker.calls.size();
        assertThat(states(world.done(service().register(row(ROW))))).containsOnly(RouteState.ANNOUNCED);
        assertThat(world.store.transactions).isEqualTo(transactions);
        assertThat(world.speaker.calls).hasSize(calls);
    }

    @Test
    void register_againWhileTheFirstIsInFlight_waitsForTheSameCommit() {
        CompletionStage<Outcome<RegistrationStatus>> first = service().register(row(ROW));
        CompletionStage<Outcome<RegistrationStatus>> second = service().register(row(ROW));
        world.loopOnly();
        assertThat(second.toCompletableFuture()).isNotDone();
        world.store.fault = "disk full";
        assertThat(world.refused(first).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(world.refused(second).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(world.speaker.wanted).isEmpty();
    }

    @Test
    void register_withASessionDown_isDoneWithThatPeerPending() {
        world.speaker.down.add(TOR2);
        RegistrationStatus status = world.done(service().register(row(ROW)));
        assertThat(states(status)).containsExactly(RouteState.ANNOUNCED, RouteState.PENDING);
        assertThat(status.peers().get(1).reason()).isEqualTo("session is Idle");
        assertThat(status.settled()).isTrue();
    }

    @Test
    void register_withASlowPeer_answersAfterFiveSecondsSayingWhichOne() {
        world.speaker.slow.add(TOR2);
        CompletionStage<Outcome<RegistrationStatus>> answer = service().register(row(ROW));
        world.pass(Duration.ofMillis(4999));
        assertThat(answer.toCompletableFuture()).isNotDone();
        world.pass(Duration.ofMillis(1));
        RegistrationStatus status = world.done(answer);
        assertThat(states(status)).containsExactly(RouteState.ANNOUNCED, RouteState.PENDING);
        assertThat(status.settled()).isFalse();
    }

    @Test
    void register_withAPeerThatTakesASecond_answersThenAndLeavesNoTimer() {
        int timers = world.loop.timers();
        world.speaker.slow.add(TOR2);
        CompletionStage<Outcome<RegistrationStatus>> answer = service().register(row(ROW));
        world.pass(Duration.ofSeconds(1));
        world.speaker.flush(TOR2);
        assertThat(states(world.done(answer))).containsOnly(RouteState.ANNOUNCED);
        assertThat(world.loop.timers()).isEqualTo(timers);
    }

    @Test
    void register_withoutAProfile_isNotReadyAndStoresNothing() {
        World bare = new World();
        bare.configure((BgpProfile) null);
        bare.core.bound(bare.store);
        bare.settle();
        assertThat(bare.refused(bare.core.distributor().register(row(ROW))).rule())
                .contains("profile");
        assertThat(bare.store.rows).isEmpty();
    }

    @Test
    void register_ofAVipOutsideOfTheProfilesBounds_isRefusedAndStoresNothing() {
        world.configure(new BgpProfile(List.of(
                Samples.speaker("default", List.of("203.0.113.0/24"), Samples.peerProfile("tor1", "10.10.10.1")))));
        Refusal refusal = world.refused(service().register(row("a 203.0.112.255 10.0.0.1 *")));
        assertThat(refusal.field()).isEqualTo("vip_ip");
        assertThat(refusal.rule()).isEqualTo("must lie in allowed_vip_prefixes: 203.0.113.0/24");
        assertThat(world.store.rows).isEmpty();
        assertThat(world.speaker.wanted).isEmpty();
        world.done(service().register(row(ROW)));
        assertThat(world.speaker.wanted).hasSize(1);
    }

    @Test
    void register_withoutAStore_isNotReady() {
        World bare = new World();
        bare.configure(bare.file);
        assertThat(bare.refused(bare.core.distributor().register(row(ROW))).kind())
                .isEqualTo(Refusal.Kind.NOT_READY);
    }

    @Test
    void list_beforeTheStoreWasRead_isNotReady_ratherThanEmpty() {
        World bare = new World();
        bare.configure(bare.file);
        assertThat(bare.refused(bare.core.distributor().list(true, 10, null)).kind())
                .isEqualTo(Refusal.Kind.NOT_READY);
        bare.core.bound(bare.store);
        bare.settle();
        assertThat(bare.done(bare.core.distributor().list(true, 10, null))).isEmpty();
        bare.core.unbound(bare.store);
        bare.settle();
        assertThat(bare.done(bare.core.distributor().list(true, 10, null)))
                .as("what is wanted stays known when the store goes")
                .isEmpty();
    }

    @Test
    void register_whenTheStoreFails_changesNothingAndLaterWorks() {
        world.store.fault = "disk full";
        assertThat(world.refused(service().register(row(ROW))).rule()).contains("disk full");
        assertThat(world.speaker.wanted).isEmpty();
        world.store.fault = null;
        world.done(service().register(row(OTHER_HOP)));
        assertThat(world.store.rows).containsExactly(row(OTHER_HOP));
    }

    @Test
    void changesInFlight_whenTheStoreFails_areAllTakenBack() {
        world.done(service().register(row(ROW)));
        List<CompletionStage<? extends Outcome<?>>> answers = new ArrayList<>();
        answers.add(service().unregister(removal(ROW)));
        world.loopOnly();
        answers.add(service().register(row(OTHER_HOP)));
        answers.add(service().unregister(removal(ROW)));
        world.loopOnly();
        world.store.fault = "disk full";
        world.settle();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                (Object) answer.toCompletableFuture().getNow(null))
                        .isInstanceOf(Outcome.Refused.class));
        assertThat(world.speaker.wanted).hasSize(1);
        world.store.fault = null;
        assertThat(world.refused(service().register(row(OTHER_HOP))).kind()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void changes_thatQueueUpTogether_shareOneTransaction() {
        int before = world.store.transactions;
        List<CompletionStage<Outcome<RegistrationStatus>>> answers = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            answers.add(service().register(row("a 203.0.113." + i + " 10.0.0.1 *")));
        }
        world.loopOnly();
        world.settle();
        assertThat(answers).allSatisfy(answer -> assertThat(world.done(answer)).isNotNull());
        assertThat(world.store.transactions).isEqualTo(before + 1);
        assertThat(world.store.rows).hasSize(50);
    }

    @Test
    void requests_beyondTheBound_areToldToComeAgain() {
        List<CompletionStage<Outcome<RegistrationStatus>>> answers = new ArrayList<>();
        for (int i = 0; i <= Registrar.MOST_WAITING; i++) {
            answers.add(service().register(row("a 203." + (i >> 8) + ".113." + (i & 255) + " 10.0.0.1 *")));
        }
        assertThat(world.refused(answers.get(Registrar.MOST_WAITING)).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(world.store.rows).hasSize(Registrar.MOST_WAITING);
        world.done(service().register(row("a 198.51.100.1 10.0.0.1 *")));
    }

    @Test
    void restart_betweenDurableAndAnnounced_announces() {
        service().register(row(ROW));
        world.loopOnly();
        world.runStore(); // durable, and the loop never hears of it
        assertThat(world.speaker.wanted).isEmpty();
        world.restart();
        assertThat(world.speaker.wanted).hasSize(1);
    }

    @Test
    void restart_betweenReservedAndDurable_announcesNothing() {
        service().register(row(ROW));
        world.loopOnly();
        world.restart();
        assertThat(world.speaker.wanted).isEmpty();
    }

    @Test
    void restart_withNothingToDo_touchesNothing() {
        world.done(service().register(row(ROW)));
        int configured = world.speaker.configured;
        world.core.leave();
        world.restart();
        assertThat(world.speaker.calls).as("nothing is withdrawn or sent again").isEmpty();
        assertThat(world.speaker.configured).isEqualTo(configured);
        assertThat(world.speaker.left).isFalse();
    }

    @Test
    void unregister_withSessionsUp_answersWhenTheWithdrawalIsWritten() {
        world.done(service().register(row(ROW)));
        List<RegistrationStatus> removed = world.done(service().unregister(removal(ROW)));
        assertThat(states(removed.get(0))).containsExactly(RouteState.WITHDRAWN, RouteState.WITHDRAWN);
        assertThat(world.speaker.wanted).isEmpty();
        assertThat(world.store.rows).isEmpty();
    }

    @Test
    void unregister_withASessionDown_countsAsWithdrawn() {
        world.done(service().register(row(ROW)));
        world.speaker.down.add(TOR1);
        assertThat(states(world.done(service().unregister(removal(ROW))).get(0)))
                .containsOnly(RouteState.WITHDRAWN);
    }

    @Test
    void unregister_ofWhatIsNotThere_isNotFoundAndNamesTheOtherNextHop() {
        world.done(service().register(row(ROW)));
        Refusal refusal = world.refused(service().unregister(removal("a 203.0.113.1 10.0.0.9 *")));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refusal.field()).isEqualTo("nexthop_ip");
        assertThat(refusal.rule()).contains("10.0.0.1");
        assertThat(world.speaker.wanted).hasSize(1);
    }

    @Test
    void unregister_repeatedWhileAPeerIsSlow_isNotToldNotFoundBeforeItIsTrue() {
        world.done(service().register(row(ROW)));
        world.speaker.slow.add(TOR1);
        CompletionStage<Outcome<List<RegistrationStatus>>> first = service().unregister(removal(ROW));
        world.pass(Duration.ofSeconds(5));
        assertThat(states(world.done(first).get(0))).containsExactly(RouteState.PENDING, RouteState.WITHDRAWN);
        CompletionStage<Outcome<List<RegistrationStatus>>> second = service().unregister(removal(ROW));
        world.pass(Duration.ofSeconds(1));
        assertThat(second.toCompletableFuture()).isNotDone();
        world.speaker.flush(TOR1);
        assertThat(states(world.done(second).get(0))).containsOnly(RouteState.WITHDRAWN);
        assertThat(world.refused(service().unregister(removal(ROW))).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void register_ofANewNextHopWhileTheOldWithdrawalIsPending_isAccepted() {
        world.done(service().register(row(ROW)));
        world.speaker.slow.add(TOR1);
        service().unregister(removal(ROW));
        world.settle();
        service().register(row(OTHER_HOP));
        world.settle();
        assertThat(world.speaker.calls).endsWith("-203.0.113.1/32 10.0.0.1 *", "+203.0.113.1/32 10.0.0.2 *");
    }

    @Test
    void bulkRemoval_withSomethingAbsent_removesTheRestAndReportsIt() {
        world.done(service().registerAll(rows(ROW, "a 203.0.113.2 10.0.0.1 *")));
        RemovalResult result =
                world.done(service().unregisterAll(List.of(removal(ROW), removal("a 203.0.113.9 10.0.0.1 *"))));
        assertThat(result.removed()).hasSize(1);
        assertThat(result.absent()).containsExactly(removal("a 203.0.113.9 10.0.0.1 *"));
    }

    @Test
    void bulkRemoval_ofThousandsRepeatedWhileAPeerIsSlow_waitsForAllOfThem() {
        List<Registration> many = many(5000);
        world.done(service().registerAll(many));
        world.speaker.slow.add(TOR1);
        List<Removal> removals = many.stream()
                .map(r -> new Removal(r.owner(), r.vip(), r.nextHop(), r.peer()))
                .toList();
        service().unregisterAll(removals);
        CompletionStage<Outcome<RemovalResult>> again = service().unregisterAll(removals);
        world.settle();
        assertThat(again.toCompletableFuture()).isNotDone();
        world.speaker.flush(TOR1);
        assertThat(world.done(again).removed()).hasSize(5000);
    }

    @Test
    void bulk_whereAPeerRefusesOneFamily_tellsWhichRows() {
        world.speaker.unsupported.add(AddressFamily.IPV6);
        List<RegistrationStatus> statuses =
                world.done(service().registerAll(rows(ROW, "a 2001:db8::1 2001:db8:f::1 *")));
        assertThat(states(statuses.get(0))).containsOnly(RouteState.ANNOUNCED);
        assertThat(states(statuses.get(1))).containsOnly(RouteState.SUPPRESSED);
    }

    @Test
    void bulkOf10000_isOneTransactionAndAHandfulOfTasks() {
        int transactions = world.store.transactions;
        long tasks = world.loop.ran;
        assertThat(world.done(service().registerAll(many(10_000)))).hasSize(10_000);
        assertThat(world.store.transactions).isEqualTo(transactions + 1);
        assertThat(world.loop.ran - tasks).isLessThan(10);
        assertThat(world.speaker.wanted).hasSize(10_000);
    }

    private static List<Registration> many(int count) {
        List<Registration> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(new Registration(Samples.owner("a"), IpAddress.v4(0xCB000000 + i), Samples.ip("10.0.0.1"), null));
        }
        return many;
    }

    @Test
    void list_inPages_givesEveryRowOnceInOrder() {
        List<Registration> many = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            many.add(row("a 203.0.113." + i + " 10.0.0.1 " + (i % 2 == 0 ? "*" : "tor1")));
        }
        world.done(service().registerAll(many));
        world.done(service().register(row("vip 198.51.100.1 10.0.0.1 *")));
        List<Registration> seen = new ArrayList<>();
        String marker = null;
        do {
            List<RegistrationStatus> page = world.done(service().list(true, 10, marker));
            page.forEach(status -> seen.add(status.registration()));
            marker = page.isEmpty()
                    ? null
                    : service().marker(page.get(page.size() - 1).registration());
        } while (marker != null);
        assertThat(seen).containsExactlyElementsOf(many);
        assertThat(world.done(service().list(false, 10, null))).hasSize(1);
    }

    @Test
    void list_withABadMarkerOrLimit_isRefusedAtOnce() {
        assertThatThrownBy(() -> service().list(true, 10, "nonsense")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service().list(true, 0, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void list_afterAPeerLeftTheProfile_showsItsRowsAsSuppressed() {
        world.done(service().register(row("a 203.0.113.1 10.0.0.1 tor2")));
        world.configure(new BgpProfile(
                List.of(Samples.speaker("default", List.of(), Samples.peerProfile("tor1", "10.10.10.1")))));
        PeerRoute route =
                world.done(service().list(true, 10, null)).get(0).peers().get(0);
        assertThat(route.state()).isEqualTo(RouteState.SUPPRESSED);
        assertThat(route.reason()).isEqualTo("peer not configured");
    }

    @Test
    void stop_withAnswersOwed_givesThemAndLeavesTheRoutes() {
        world.done(service().register(row(ROW)));
        CompletionStage<Outcome<RegistrationStatus>> owed = service().register(row("a 203.0.113.2 10.0.0.1 *"));
        world.core.close();
        world.core.leave();
        assertThat(world.refused(owed).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(world.speaker.left).isTrue();
        assertThat(world.speaker.wanted).hasSize(1);
    }
}
