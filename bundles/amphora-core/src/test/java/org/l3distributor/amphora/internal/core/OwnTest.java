// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.l3distributor.amphora.internal.Samples.TOR1;
import static org.l3distributor.amphora.internal.Samples.ip;
import static org.l3distributor.amphora.internal.Samples.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.amphora.internal.wanted.Weights;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.l3distributor.net.AddressFamily;

class OwnTest {
    private static final OwnVip SERVED = own("203.0.113.1", "10.0.0.1", true, "served");
    private static final OwnVip SILENT =
            own("203.0.113.1", "10.0.0.1", false, "HAProxy is not accepting on 203.0.113.1:80");
    private static final String OWN_HOP = "a 203.0.113.1 10.0.0.1 *";
    private static final String OTHER_HOP = "a 203.0.113.1 10.0.0.2 *";

    /** So long before the fake speaker's peers take what they are given. */
    private static final Instant SEEN = new FakeSpeaker().clock.minusMillis(4);

    private final World world = World.running();

    private static OwnVip own(String vip, String nextHop, boolean served, String reason) {
        return new OwnVip(ip(vip), ip(nextHop), served, reason);
    }

    private void serve(OwnVip... vips) {
        CompletionStage<Void> written = world.core.own().serve(List.of(vips), SEEN);
        world.settle();
        assertThat(written.toCompletableFuture()).isCompleted();
    }

    private List<String> announced() {
        return world.speaker.own.wanted.stream().map(FakeSpeaker::text).toList();
    }

    private List<OwnVipStatus> list() {
        return world.now(world.core.own().list());
    }

    @Test
    void aServedVip_isAnnouncedWithItsOwnNextHop_andStoredNowhere() {
        serve(SERVED);
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 *");
        assertThat(world.store.transactions).isZero();
        assertThat(list().get(0).peers()).extracting(PeerRoute::state).containsOnly(RouteState.ANNOUNCED);
    }

    @Test
    void aVipThatIsNotServed_isWithdrawn_andSaysWhyAtEachPeer() {
        serve(SERVED);
        serve(SILENT);
        assertThat(announced()).isEmpty();
        assertThat(list().get(0).peers())
                .extracting(PeerRoute::state, PeerRoute::reason)
                .containsOnly(tuple(RouteState.SUPPRESSED, SILENT.reason()));
    }

    @Test
    void theSpeakerHasTheRoute_beforeAnyLineIsWritten() {
        serve(SERVED);
        List<String> before = events();
        List<String> whenGiven = new ArrayList<>();
        world.speaker.own.whenReplaced = () -> whenGiven.addAll(events());
        serve(SILENT);
        assertThat(whenGiven).isEqualTo(before);
        assertThat(events())
                .hasSize(before.size() + 2)
                .anyMatch(line -> line.startsWith("not_served vip=203.0.113.1 "));
    }

    private List<String> events() {
        return world.core.peers().events(null, 100).stream()
                .filter(event -> event.kind().equals("own"))
                .map(EventView::text)
                .toList();
    }

    @Test
    void aWithdrawal_tellsHowLongItTook_whenTheLastPeerHasIt() {
        serve(SERVED);
        world.speaker.slow.add(TOR1);
        world.core.own().serve(List.of(SILENT), SEEN);
        world.pass(Own.WIRE_BOUND);
        assertThat(events()).noneMatch(line -> line.startsWith("withdrawn"));
        assertThat(metric("own_withdrawals_total")).isZero();
        world.speaker.flush(TOR1);
        world.settle();
        assertThat(events()).contains("withdrawn vips=203.0.113.1 written_ms=4.0");
        assertThat(metric("own_withdrawals_total")).isEqualTo(1);
        assertThat(metric("own_withdrawal_seconds_total")).isEqualTo(0.004);
        assertThat(metric("own_withdrawal_seconds_max")).isEqualTo(0.004);
    }

    @Test
    void aWithdrawal_thatNoSessionWasUpFor_wasWrittenNowhere() {
        serve(SERVED);
        world.speaker
                .peers()
                .forEach(peer -> world.speaker.down.add(peer.settings().id()));
        serve(SILENT);
        assertThat(events()).noneMatch(line -> line.startsWith("withdrawn"));
        assertThat(metric("own_withdrawals_total")).isZero();
    }

    private double metric(String name) {
        return world.core.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow()
                .samples()
                .get(0)
                .value();
    }

    @Test
    void serve_whileAPeerIsSlow_answersAfterTheBound() {
        serve(SERVED);
        world.speaker.slow.add(TOR1);
        CompletionStage<Void> written = world.core.own().serve(List.of(), SEEN);
        world.settle();
        assertThat(written.toCompletableFuture()).isNotDone();
        assertThat(announced()).as("withdrawn at once from all others").isEmpty();
        world.pass(Own.WIRE_BOUND);
        assertThat(written.toCompletableFuture()).isCompleted();
    }

    @Test
    void aRegistrationWithAnOwnNextHop_isGatedByWhatThisHostServes() {
        serve(SILENT);
        assertThat(world.done(world.core.distributor().register(row(OWN_HOP))).peers())
                .extracting(PeerRoute::state)
                .containsOnly(RouteState.SUPPRESSED);
        assertThat(world.speaker.wanted).isEmpty();
        serve(SERVED);
        assertThat(world.speaker.wanted).extracting(WantedRoute::peer).hasSize(1);
        serve(SILENT);
        assertThat(world.speaker.wanted).isEmpty();
    }

    @Test
    void aRegistrationWithAnOwnNextHop_forAVipThatIsNotPlugged_isNotAnnounced() {
        serve(SERVED);
        PeerRoute route = world.done(world.core.distributor().register(row("a 203.0.113.9 10.0.0.1 *")))
                .peers()
                .get(0);
        assertThat(route.state()).isEqualTo(RouteState.SUPPRESSED);
        assertThat(route.reason()).contains("not plugged on this host");
    }

    @Test
    void anotherNextHop_forAVipThatIsServedHere_isAConflictThatNamesOurs() {
        serve(SERVED);
        Refusal refusal = world.refused(world.core.distributor().register(row(OTHER_HOP)));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refusal.rule()).contains("served by this host itself with next hop 10.0.0.1");
        serve(SILENT);
        world.done(world.core.distributor().register(row(OTHER_HOP)));
    }

    @Test
    void aCallerThatComesBackWithinTheGrace_changesNothing() {
        serve(SERVED);
        world.core.own().leave();
        world.settle();
        assertThat(world.speaker.own.left).isTrue();
        serve(SERVED);
        world.pass(Own.GRACE.plusSeconds(1));
        assertThat(announced()).hasSize(1);
    }

    @Test
    void aCallerThatStaysAway_leavesNothingAnnounced_norItsGatesOpen() {
        serve(SERVED);
        world.done(world.core.distributor().register(row(OWN_HOP)));
        world.core.own().leave();
        world.pass(Own.GRACE.plus(Duration.ofSeconds(1)));
        assertThat(announced()).isEmpty();
        assertThat(world.speaker.wanted).isEmpty();
        assertThat(list().get(0).vip().reason()).contains("has stopped");
    }

    @Test
    void aCallerThatLeavesTwice_hasTheWholeGraceTime_theSecondTimeToo() {
        serve(SERVED);
        world.core.own().leave();
        world.pass(Own.GRACE.minusSeconds(5));
        serve(SERVED);
        world.core.own().leave();
        world.pass(Duration.ofSeconds(10));
        assertThat(announced())
                .as("5 s after the first grace time would have been over")
                .hasSize(1);
    }

    @Test
    void theRoleThatIsRemoved_whicheverIsToldFirst_leavesNothingAnnounced_andNoGraceIsWaitedFor() {
        for (boolean toldFirst : List.of(true, false)) {
            world.core.roles(Set.of("distributor", "amphora"));
            serve(SERVED);
            if (toldFirst) {
                world.core.roles(Set.of("distributor"));
                world.settle();
                assertThat(announced()).as("the load balancer is still there").hasSize(1);
                world.core.own().leave();
            } else {
                world.core.own().leave();
                world.settle();
                assertThat(announced()).as("it might come back").hasSize(1);
                world.core.roles(Set.of("distributor"));
            }
            world.settle();
            assertThat(announced()).isEmpty();
            assertThat(list()).as("as after a restart with that role alone").isEmpty();
        }
    }

    @Test
    void aRestartWhileTheRoleIsBeingInstalled_isNoRemoval() {
        world.core.roles(Set.of("distributor"));
        serve(SERVED);
        world.core.own().leave();
        world.settle();
        assertThat(announced()).hasSize(1);
    }

    @Test
    void aNewCore_withdrawsNothingOfTheOneBefore_untilItIsToldWhatIsServed() {
        serve(SERVED);
        world.core.leave();
        world.restart();
        assertThat(announced()).hasSize(1);
        assertThat(world.speaker.own.left).as("the speaker's grace time runs").isTrue();
        world.configure(Samples.twoPeers());
        assertThat(world.speaker.own.left)
                .as("a profile is no word of what is served")
                .isTrue();
        serve(SERVED);
        assertThat(world.speaker.own.left).isFalse();
        world.configure(Samples.twoPeers());
        assertThat(announced()).hasSize(1);
        serve();
        assertThat(announced()).isEmpty();
    }

    @Test
    void aNewCore_onAnApplianceWithoutTheRole_takesBackWhatTheOneBeforeAnnounced() {
        serve(SERVED);
        world.core.leave();
        world.restart();
        world.core.roles(Set.of("distributor"));
        world.configure(new BgpProfile(List.of(
                Samples.speaker("default", List.of("203.0.113.0/24"), Samples.peerProfile("tor1", "10.10.10.1")))));
        assertThat(announced()).isEmpty();
    }

    @Test
    void serve_whenTheCoreStops_isToldSo_forSomebodyWaitsToStopHaproxy() {
        serve(SERVED);
        world.speaker.slow.add(TOR1);
        CompletionStage<Void> written = world.core.own().serve(List.of(), SEEN);
        world.settle();
        world.core.close();
        assertThat(written.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aVipOutsideOfTheProfilesBounds_isHeldBack_untilTheProfileLetsIt() {
        world.configure(new BgpProfile(List.of(
                Samples.speaker("default", List.of("203.0.113.0/24"), Samples.peerProfile("tor1", "10.10.10.1")))));
        serve(SERVED, own("198.51.100.1", "10.0.0.1", true, "served"));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 *");
        assertThat(list().get(0).peers()).extracting(PeerRoute::reason).contains("outside allowed_vip_prefixes");
        world.configure(Samples.twoPeers());
        assertThat(announced()).hasSize(2);
    }

    @Test
    void aLoadBalancer_forWhichNobodyWroteAProfile_isReadyWithoutASession() {
        World plain = new World();
        plain.file = new AgentConfiguration.Snapshot("amphora-1", null, List.of(), "config drive");
        plain.comeUp();
        assertThat(plain.core.readiness().ready()).as("a distributor").isFalse();
        assertThat(plain.core.readiness().conditions())
                .filteredOn(c -> c.name().equals("profile"))
                .singleElement()
                .matches(c -> !c.holds() && c.reason().contains("[l3_bgp_speaker]"));

        plain.core.own().serve(List.of(), SEEN);
        plain.settle();

        assertThat(plain.core.readiness().ready()).isTrue();
        assertThat(plain.core.readiness().conditions()).allMatch(Readiness.Condition::holds);
    }

    private static BgpProfile weighing(LinkBandwidth linkBandwidth) {
        return new BgpProfile(List.of(Samples.speaker(
                "default",
                List.of(),
                Samples.peerProfile("tor1", "10.10.10.1", linkBandwidth, AddressFamily.values()))));
    }

    private static OwnVip counted(int backEnds) {
        return new OwnVip(ip("203.0.113.1"), ip("10.0.0.1"), true, "served", backEnds);
    }

    @Test
    void aCount_isSaidAsABandwidth_changesAreHeldBack_andAWithdrawalIsNot() {
        world.configure(weighing(LinkBandwidth.TRANSITIVE));
        serve(counted(3));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 375000 B/s");
        serve(counted(2));
        serve(counted(1));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 375000 B/s");
        world.pass(Weights.INTERVAL);
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 125000 B/s");
        serve(SILENT);
        assertThat(announced()).isEmpty();
        serve(counted(2));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 250000 B/s");
    }

    @Test
    void aHeldBackChange_isNotSaidWhileTheCallerIsAway_forItsRoutesWaitForIt() {
        world.configure(weighing(LinkBandwidth.TRANSITIVE));
        serve(counted(3));
        serve(counted(1));
        world.core.own().leave();
        world.pass(Weights.INTERVAL.plusSeconds(1));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 375000 B/s");
        serve(SERVED);
        assertThat(announced()).as("it hasn't counted yet").containsExactly("203.0.113.1/32 10.0.0.1 * 375000 B/s");
        serve(counted(1));
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 125000 B/s");
    }

    @Test
    void whetherSomebodyWeighs_isToldWhenItIsKnown_andWhenItChanges() throws Exception {
        World young = new World();
        List<Boolean> told = new ArrayList<>();
        AutoCloseable listener = young.core.own().weighing(told::add);
        young.settle();
        assertThat(told).isEmpty();
        young.comeUp();
        assertThat(told).containsExactly(false);
        young.configure(weighing(LinkBandwidth.NON_TRANSITIVE));
        young.configure(weighing(LinkBandwidth.TRANSITIVE));
        assertThat(told).containsExactly(false, true);
        listener.close();
        young.configure(weighing(LinkBandwidth.NONE));
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void aNewCore_saysTheSameAsTheOneBefore_alsoBeforeItKnowsTheProfile() {
        world.configure(weighing(LinkBandwidth.TRANSITIVE));
        serve(counted(3));
        world.core.leave();
        World young = new World(world.speaker);
        CompletionStage<Void> written = young.core.own().serve(List.of(counted(3)), SEEN);
        young.settle();
        assertThat(written.toCompletableFuture()).isCompleted();
        assertThat(announced()).containsExactly("203.0.113.1/32 10.0.0.1 * 375000 B/s");
    }

    @Test
    void aCountThatChanges_isNoEvent_butWhatIsSaidIs() {
        world.configure(weighing(LinkBandwidth.TRANSITIVE));
        serve(counted(3));
        serve(counted(2));
        serve(counted(1));
        assertThat(world.core.peers().events(null, 100))
                .extracting(EventView::text)
                .filteredOn(text -> text.contains("203.0.113.1"))
                .containsExactly(
                        "weighed vip=203.0.113.1 back_ends=3",
                        "served vip=203.0.113.1 next_hop=10.0.0.1 reason=\"served\"");
    }
}
