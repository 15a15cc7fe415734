// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.controller.core.internal.state.Tree.says;
import static org.l3distributor.controller.core.internal.state.Tree.saysOfListener;
import static org.l3distributor.distributor.controller.OperatingStatus.DEGRADED;
import static org.l3distributor.distributor.controller.OperatingStatus.DRAINING;
import static org.l3distributor.distributor.controller.OperatingStatus.ERROR;
import static org.l3distributor.distributor.controller.OperatingStatus.NO_MONITOR;
import static org.l3distributor.distributor.controller.OperatingStatus.OFFLINE;
import static org.l3distributor.distributor.controller.OperatingStatus.ONLINE;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.heartbeat.Heartbeat;

class VerdictsTest {
    private static Map<String, OperatingStatus> verdicts(Opinion... opinions) {
        return Verdicts.of(Tree.active(), List.of(opinions));
    }

    @ParameterizedTest
    @CsvSource({
        "UP, ONLINE",
        "UP 1/3, ONLINE",
        "DOWN, ERROR",
        "DOWN 1/2, ERROR",
        "DRAIN, DRAINING",
        "MAINT, OFFLINE",
        "no check, NO_MONITOR"
    })
    void aMembersWord_meansWhatOctaviaTakesItFor(String word, OperatingStatus state) {
        assertThat(verdicts(says("UP", word, "UP"))).containsEntry("m1", state).containsEntry("m2", ONLINE);
    }

    @Test
    void aWordThatNobodyKnows_saysNothing() {
        assertThat(verdicts(says("UP", "RESTARTING", "UP"))).doesNotContainKey("m1");
        assertThat(verdicts(saysOfListener("STOP"))).doesNotContainKey("l");
        assertThat(verdicts(says("NOLB", "UP", "UP"))).doesNotContainKey("p");
    }

    @Test
    void aPool_isDegradedWithoutSomeOfItsMembers_andInErrorWhenItIsDown() {
        assertThat(verdicts(says("UP", "UP", "UP"))).containsEntry("p", ONLINE);
        assertThat(verdicts(says("UP", "UP", "DOWN"))).containsEntry("p", DEGRADED);
        assertThat(verdicts(says("DOWN", "DOWN", "DOWN"))).containsEntry("p", ERROR);
    }

    @Test
    void aPoolThatNoListenerRuns_isOffline_andNothingIsSaidOfItsMembers() {
        assertThat(verdicts(saysOfListener("OPEN"))).containsOnly(Map.entry("l", ONLINE), Map.entry("p", OFFLINE));
    }

    @Test
    void aListener_isOnlineWhenOpen_degradedWhenFull_andInErrorWhenItShouldRunAndDoesNot() {
        assertThat(verdicts(saysOfListener("OPEN"))).containsEntry("l", ONLINE);
        assertThat(verdicts(saysOfListener("FULL"))).containsEntry("l", DEGRADED);
        assertThat(verdicts(new Opinion(Map.of(), Map.of()))).containsEntry("l", ERROR);
    }

    @Test
    void aMemberThatIsNotThere_isOffline_unlessNobodyLooksAfterIt() {
        assertThat(verdicts(says("UP", "UP", null))).containsEntry("m2", OFFLINE);
        assertThat(Verdicts.of(
                        Tree.of(ProvisioningStatus.ACTIVE, NO_MONITOR, 0), List.of(says("UP", "no check", null))))
                .containsEntry("m1", NO_MONITOR)
                .doesNotContainKey("m2");
    }

    @Test
    void whatIsNotThereDuringAChange_saysNothing() {
        assertThat(Verdicts.of(
                        Tree.of(ProvisioningStatus.PENDING_UPDATE, ONLINE, 0),
                        List.of(new Opinion(Map.of(), Map.of()))))
                .isEmpty();
    }

    @Test
    void whereAmphoraeDisagree_aMemberIsDegraded_onlineWhenAllSeeIt_andInErrorWhenNoneDoes() {
        Opinion up = says("UP", "UP", "UP");
        Opinion down = says("UP", "DOWN", "UP");
        assertThat(verdicts(up, up, up)).containsEntry("m1", ONLINE).containsEntry("p", ONLINE);
        assertThat(verdicts(up, down, up)).containsEntry("m1", DEGRADED).containsEntry("p", DEGRADED);
        assertThat(verdicts(down, down, down)).containsEntry("m1", ERROR).containsEntry("p", DEGRADED);
        Opinion dark = says("DOWN", "DOWN", "DOWN");
        assertThat(verdicts(up, dark)).containsEntry("p", DEGRADED).containsEntry("m2", DEGRADED);
        assertThat(verdicts(dark, dark)).containsEntry("p", ERROR).containsEntry("m2", ERROR);
    }

    @Test
    void aListenerThatOneAmphoraLacks_isDegraded() {
        assertThat(verdicts(saysOfListener("OPEN"), new Opinion(Map.of(), Map.of())))
                .containsEntry("l", DEGRADED);
    }

    @Test
    void anAmphoraThatDoesNotRunIt_hasNoSayWhereAnotherDoes() {
        assertThat(verdicts(says("UP", "UP", "UP"), says("UP", "UP", null))).containsEntry("m2", ONLINE);
        assertThat(verdicts(says("UP", "UP", "DRAIN"), says("UP", "UP", "MAINT")))
                .containsEntry("m2", DRAINING);
    }

    @Test
    void aPoolOfTwoListeners_isTwoBackEnds_eachWithAWord() {
        Opinion two = Opinion.of(new Heartbeat(
                "a",
                0,
                Map.of(),
                Map.of(
                        "p:l", new Heartbeat.Pool("UP", Map.of("m1", "UP", "m2", "UP")),
                        "p:other", new Heartbeat.Pool("UP", Map.of("m1", "DOWN", "m2", "UP")))));
        assertThat(verdicts(two)).containsEntry("m1", DEGRADED).containsEntry("p", DEGRADED);
    }

    @Test
    void everyPairOfStates_becomesOne_whateverTheirOrder() {
        for (OperatingStatus a : OperatingStatus.values()) {
            for (OperatingStatus b : OperatingStatus.values()) {
                Optional<OperatingStatus> one = Verdicts.one(Stream.of(a, b));
                assertThat(one).isPresent().isEqualTo(Verdicts.one(Stream.of(b, a)));
                assertThat(one.get()).as(a + " and " + b).satisfies(state -> {
                    if (a == b) {
                        assertThat(state).isEqualTo(a);
                    } else if (state == ERROR) {
                        assertThat(Arrays.asList(a, b)).contains(OFFLINE);
                    }
                });
            }
        }
        assertThat(Verdicts.one(Stream.of())).isEmpty();
    }

    @Test
    void aLoadBalancer_isOnlineWithAllItsAmphorae_degradedWithSome_andInErrorWithNone() {
        LoadBalancer three = Tree.active().loadBalancer();
        assertThat(Verdicts.of(three, 3, Lead.THERE)).isEqualTo(ONLINE);
        assertThat(Verdicts.of(three, 4, Lead.THERE)).isEqualTo(ONLINE);
        assertThat(Verdicts.of(three, 1, Lead.THERE)).isEqualTo(DEGRADED);
        assertThat(Verdicts.of(three, 0, Lead.THERE)).isEqualTo(ERROR);
        assertThat(Verdicts.whole(
                        Tree.of(ProvisioningStatus.PENDING_UPDATE, ONLINE, 0).loadBalancer(), 0, Lead.THERE))
                .isEmpty();
    }

    @Test
    void aLoadBalancer_thatNobodyLeadsTo_isInError_andDegradedWhereThatIsDoubtful() {
        LoadBalancer lb = Tree.active().loadBalancer();
        int all = lb.amphoraCount();
        assertThat(Verdicts.whole(lb, all, Lead.THERE)).contains(ONLINE);
        assertThat(Verdicts.whole(lb, all, Lead.DOUBTFUL)).contains(DEGRADED);
        assertThat(Verdicts.whole(lb, 0, Lead.DOUBTFUL)).contains(ERROR);
        assertThat(Verdicts.whole(lb, all, Lead.NONE)).contains(ERROR);
    }
}
