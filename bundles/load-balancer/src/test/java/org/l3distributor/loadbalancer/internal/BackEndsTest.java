// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.loadbalancer.internal.Facts.LB;
import static org.l3distributor.loadbalancer.internal.Facts.POOL;
import static org.l3distributor.loadbalancer.internal.Facts.VIP4;
import static org.l3distributor.loadbalancer.internal.Facts.haproxy;
import static org.l3distributor.loadbalancer.internal.Facts.running;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.Statistics;

class BackEndsTest {
    private static final String HTTP_POOL = "pool-2";

    private final Engines engines = new Engines();
    private final List<Members> told = new ArrayList<>();
    private final BackEnds backEnds = new BackEnds(engines, Runnable::run, this::changed);

    private void changed() {
        told.add(backEnds.members());
    }

    /** One load balancer with one pool. */
    static Members members(int up, int all) {
        return new Members(true, false, Map.of()).with(LB, statistics(pool(POOL, up, all)));
    }

    private static Statistics statistics(Statistics.Pool... pools) {
        return new Statistics(101, List.of(), List.of(pools));
    }

    private static Statistics.Pool pool(String name, int up, int all) {
        Map<String, String> words = new HashMap<>();
        for (int i = 0; i < all; i++) {
            words.put("member-" + i, i < up ? "UP" : "DOWN");
        }
        return new Statistics.Pool(name, up > 0 ? "UP" : "DOWN", words, up);
    }

    /** The listener of {@link Facts}, and another one on another port of the same VIP. */
    private static HaproxySnapshot twoListeners(List<String> poolsOfTheOther) {
        LoadBalancerState one = running(LB, VIP4);
        List<Frontend> frontends = new ArrayList<>(one.running().frontends());
        frontends.add(new Frontend(
                "listener-2",
                "HTTP",
                poolsOfTheOther,
                one.running().frontends().get(0).binds()));
        return haproxy(new LoadBalancerState(
                one.id(),
                one.state(),
                one.since(),
                one.masterPid(),
                one.workerPid(),
                new HaproxyConfiguration(frontends, List.of(), null),
                one.stored(),
                one.listening(),
                true,
                ""));
    }

    @Test
    void whereNoneIsRequired_nobodyIsAsked_andNothingIsAFault() {
        engines.snapshot = haproxy(running(LB, VIP4));
        backEnds.look();
        assertThat(engines.calls).isEmpty();
        assertThat(backEnds.isLooking()).isFalse();
        assertThat(backEnds.members().fault(VIP4, engines.snapshot)).isNull();
    }

    @Test
    void oneOfMany_isEnough_andNoneIsAFaultThatCounts() {
        HaproxySnapshot haproxy = haproxy(running(LB, VIP4));
        assertThat(members(1, 3).fault(VIP4, haproxy)).isNull();
        assertThat(members(0, 3).fault(VIP4, haproxy)).isEqualTo("no back end of listener listener-1 is up (0 of 3)");
    }

    @Test
    void aVipWithoutAnyBackEnd_isAnnounced_forNoneIsMissing() {
        assertThat(members(0, 0).fault(VIP4, haproxy(running(LB, VIP4)))).isNull();
        assertThat(members(0, 0).fault(VIP4, twoListeners(List.of()))).isNull();
    }

    @Test
    void ofSeveralListeners_oneWithALiveBackEndIsEnough_andOneWithoutAnySaysNothing() {
        HaproxySnapshot both = twoListeners(List.of(HTTP_POOL));
        Members oneLives =
                new Members(true, false, Map.of()).with(LB, statistics(pool(POOL, 0, 3), pool(HTTP_POOL, 1, 2)));
        assertThat(oneLives.fault(VIP4, both)).isNull();
        Members allDown =
                new Members(true, false, Map.of()).with(LB, statistics(pool(POOL, 0, 3), pool(HTTP_POOL, 0, 2)));
        assertThat(allDown.fault(VIP4, both))
                .isEqualTo("no back end of listeners listener-1, listener-2 is up (0 of 5)");
        assertThat(members(0, 3).fault(VIP4, twoListeners(List.of())))
                .as("a redirection beside it has nowhere to lead")
                .isEqualTo("no back end of listener listener-1 is up (0 of 3)");
    }

    @Test
    void aLoadBalancerThatHasNotSaidAnything_isAnnounced_butWhoHasJustStartedWaitsForItsAnswer() {
        engines.snapshot = haproxy(running(LB, VIP4));
        CompletableFuture<Optional<Statistics>> answer = new CompletableFuture<>();
        engines.statistics = answer;
        backEnds.require(true);
        assertThat(backEnds.isLooking()).isTrue();
        assertThat(backEnds.members().fault(VIP4, engines.snapshot))
                .as("a setting that is turned on withdraws nothing by itself")
                .isNull();
        answer.complete(Optional.of(statistics(pool(POOL, 1, 1))));
        assertThat(backEnds.isLooking()).isFalse();
        assertThat(backEnds.members().fault(VIP4, engines.snapshot)).isNull();
    }

    @Test
    void oneQuestionIsUnderWay_andWhoeverAsksMeanwhileHasItAskedOnceMore() {
        engines.snapshot = haproxy(running(LB, VIP4));
        CompletableFuture<Optional<Statistics>> first = new CompletableFuture<>();
        engines.statistics = first;
        backEnds.require(true);
        backEnds.look();
        backEnds.look();
        assertThat(engines.calls).containsExactly("statistics " + LB);
        engines.statistics = CompletableFuture.completedFuture(Optional.of(statistics(pool(POOL, 0, 1))));
        first.complete(Optional.of(statistics(pool(POOL, 1, 1))));
        assertThat(engines.calls).containsExactly("statistics " + LB, "statistics " + LB);
        assertThat(told).last().isEqualTo(members(0, 1));
    }

    @Test
    void whatStaysTheSame_isToldOnce_andSilenceForgetsNothing() {
        engines.snapshot = haproxy(running(LB, VIP4));
        engines.statistics = CompletableFuture.completedFuture(Optional.of(statistics(pool(POOL, 0, 1))));
        backEnds.require(true);
        int before = told.size();
        backEnds.look();
        engines.statistics = CompletableFuture.completedFuture(Optional.empty());
        backEnds.look();
        assertThat(told).hasSize(before);
        assertThat(backEnds.members()).isEqualTo(members(0, 1));
    }

    @Test
    void whatIsGone_isForgotten_andNothingIsRequiredAnyMoreAtOnce() {
        engines.snapshot = haproxy(running(LB, VIP4));
        engines.statistics = CompletableFuture.completedFuture(Optional.of(statistics(pool(POOL, 0, 1))));
        backEnds.require(true);
        engines.snapshot = haproxy();
        backEnds.look();
        assertThat(backEnds.members().pools()).isEmpty();
        backEnds.require(false);
        assertThat(told).last().isEqualTo(Members.NOT_ASKED);
    }

    @Test
    void backEnds_thatAreOnlyCounted_areNeitherWaitedForNorAFault() {
        engines.snapshot = haproxy(running(LB, VIP4));
        CompletableFuture<Optional<Statistics>> answer = new CompletableFuture<>();
        engines.statistics = answer;
        backEnds.count(true);
        assertThat(engines.calls).containsExactly("statistics " + LB);
        assertThat(backEnds.isLooking()).isFalse();
        assertThat(backEnds.members().up(VIP4, engines.snapshot))
                .as("it hasn't said")
                .isNull();
        answer.complete(Optional.of(statistics(pool(POOL, 0, 3))));
        assertThat(backEnds.members().up(VIP4, engines.snapshot)).isZero();
        assertThat(backEnds.members().fault(VIP4, engines.snapshot)).isNull();
    }

    @Test
    void aCount_isOfAllListenersOfTheVip_andOfNoOther() {
        HaproxySnapshot both = twoListeners(List.of(HTTP_POOL));
        Members counted = new Members(false, true, Map.of())
                .with(LB, statistics(pool(POOL, 2, 3), pool(HTTP_POOL, 1, 2), pool("of another VIP", 9, 9)));
        assertThat(counted.up(VIP4, both)).isEqualTo(3);
        assertThat(counted.up(VIP4, twoListeners(List.of()))).isEqualTo(2);
        assertThat(counted.use(true, false).up(VIP4, both)).as("nobody counts").isNull();
    }

    @Test
    void whatIsKnown_staysKnown_whenItIsAskedForSomethingElseToo() {
        engines.snapshot = haproxy(running(LB, VIP4));
        engines.statistics = CompletableFuture.completedFuture(Optional.of(statistics(pool(POOL, 0, 1))));
        backEnds.count(true);
        engines.statistics = new CompletableFuture<>();
        backEnds.require(true);
        assertThat(backEnds.members().fault(VIP4, engines.snapshot)).contains("0 of 1");
        backEnds.count(false);
        assertThat(backEnds.members().pools()).isNotEmpty();
        backEnds.require(false);
        assertThat(backEnds.members()).isEqualTo(Members.NOT_ASKED);
    }
}
