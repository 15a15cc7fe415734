// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.StoreException;

/** How long amphorae that leave are given for the connections that they have: 30 s here. The clock moves by waiting alone. */
class GraceTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Cluster cluster = new Cluster(new Crashes(0), null);
    private Instant began = Instant.EPOCH;

    private Set<String> ids() throws StoreException {
        return new TreeSet<>(cluster.amphorae().stream().map(Amphora::id).toList());
    }

    /** Three amphorae with a listener. */
    private void whole() throws StoreException {
        cluster.created(3);
        cluster.settle();
        cluster.listener(80);
        cluster.settle();
        cluster.isWhole(3, 1);
    }

    private void asked(Kind kind, int amphorae) throws StoreException {
        cluster.outside.done.clear();
        began = cluster.clock.now;
        cluster.change(kind, ProvisioningStatus.PENDING_UPDATE, amphorae);
    }

    /** Scales in to so many; gives how long that took. */
    private Duration scaledTo(int amphorae) throws StoreException {
        asked(Kind.LB_SCALE, amphorae);
        cluster.settle();
        cluster.isWhole(amphorae, 1);
        return sinceThen();
    }

    private Duration sinceThen() {
        return Duration.between(began, cluster.clock.now);
    }

    private List<String> verbs() {
        return cluster.outside.done.stream().map(k -> k.split(":")[0]).toList();
    }

    private long questions() {
        return verbs().stream().filter("idle"::equals).count();
    }

    @Test
    void anAmphora_thatHoldsNothing_goesAtTheFirstLook() throws StoreException {
        whole();
        assertThat(scaledTo(2)).isEqualTo(LEAST);
        assertThat(verbs()).containsExactly("quiet", "idle", "withdrawn", "destroyed");
    }

    @Test
    void ofADedicatedTopology_theFirstLookIsTwoSecondsAfterTheWithdrawal() throws StoreException {
        cluster.dedicated(ProvisioningStatus.ALLOCATED);
        whole();
        assertThat(scaledTo(2)).isEqualTo(LEAST);
        assertThat(verbs()).containsExactly("withdrawn", "idle", "stopped", "destroyed");
    }

    @Test
    void anAmphora_thatHoldsConnections_goesAtTheDeadline_andIsNotAskedAllTheTime() throws StoreException {
        whole();
        cluster.outside.holds = id -> true;
        assertThat(scaledTo(2)).isEqualTo(GRACE);
        assertThat(questions()).isBetween(10L, 15L);
    }

    @Test
    void anAmphora_whoseConnectionsEnd_goesSoonAfter() throws StoreException {
        whole();
        cluster.outside.holds = id -> sinceThen().compareTo(Duration.ofSeconds(9)) < 0;
        assertThat(scaledTo(2))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(9).plus(LOOK));
    }

    @Test
    void twoAmphorae_goWhenBothHoldNothing_andOneThatHasSaidSoIsNotAskedAgain() throws StoreException {
        whole();
        Set<String> before = ids();
        String[] busy = {""};
        cluster.outside.holds = id -> {
            busy[0] = busy[0].isEmpty() ? id : busy[0]; // the first that is asked
            return id.equals(busy[0]) && sinceThen().compareTo(Duration.ofSeconds(5)) < 0;
        };
        assertThat(scaledTo(1))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(5).plus(LOOK));
        before.removeAll(ids());
        before.remove(busy[0]);
        assertThat(before).hasSize(1);
        assertThat(cluster.outside.done)
                .containsOnlyOnce("idle:" + before.iterator().next());
        assertThat(cluster.outside.done.stream().filter(("idle:" + busy[0])::equals))
                .hasSizeGreaterThan(1);
    }

    @Test
    void amphorae_thatDoNotTell_haveTheWholeTime_andAreAskedOnce() throws StoreException {
        whole();
        cluster.outside.discreet.addAll(ids());
        assertThat(scaledTo(2)).isEqualTo(GRACE);
        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void amphorae_thatDoNotAnswer_haveTheWholeTime() throws StoreException {
        whole();
        cluster.outside.dead.addAll(ids());
        assertThat(scaledTo(2)).isEqualTo(GRACE);
        assertThat(questions()).isBetween(2L, 10L);
    }

    @Test
    void anAmphora_thatTakesNewConnectionsAllTheSame_hasTheWholeTime_andIsNotAsked() throws StoreException {
        whole();
        cluster.outside.stubborn.addAll(ids());
        assertThat(scaledTo(2)).isBetween(GRACE, GRACE.plusSeconds(2));
        assertThat(questions()).isZero();
    }

    /** A dead controller's task is taken over when its lease is over, 30 s later: then the deadline has passed. */
    @Test
    void aController_thatDiesWhileAmphoraeAreAsked_leavesItsDeadlineToTheNext() throws StoreException {
        int deaths = 0;
        for (int at = 1; at < 200; at++) {
            GraceTest test = new GraceTest();
            test.whole();
            test.cluster.outside.holds = id -> true;
            test.asked(Kind.LB_SCALE, 2);
            test.cluster.crashes.next(at);
            test.cluster.settleUntilDeath();
            boolean inside = test.questions() > 0 && !test.verbs().contains("withdrawn");
            boolean died = test.ids().size() == 3;
            if (inside && died) {
                deaths++;
                Instant death = test.cluster.clock.now;
                test.cluster.clock.now = death.plusSeconds(30).plusMillis(1);
                test.cluster.settle();
                test.cluster.isWhole(2, 1);
                assertThat(test.cluster.clock.now)
                        .as("death at point %d", at)
                        .isEqualTo(death.plusSeconds(30).plusMillis(1));
            }
        }
        assertThat(deaths).isGreaterThan(20);
    }

    /** What is waiting belongs to nobody: whoever looks next goes on with it, at the same time as the first would have. */
    @Test
    void aController_thatDiesWhileItWaits_isFollowedByOneThatAsksOn_untilTheSameDeadline() throws StoreException {
        whole();
        cluster.outside.holds = id -> true;
        asked(Kind.LB_SCALE, 2);
        cluster.settleUntil(() -> questions() == 3);
        assertThat(cluster.store.in(tx -> tx.tasks().open(1)).get(0).claimedBy())
                .as("no controller has it while it waits")
                .isNull();
        cluster.settle();
        cluster.isWhole(2, 1);
        assertThat(sinceThen()).isEqualTo(GRACE);
        assertThat(questions()).isBetween(10L, 15L);
    }

    @Test
    void aFailover_ofAmphoraeThatHoldNothing_waitsForEachOnce() throws StoreException {
        whole();
        asked(Kind.LB_FAILOVER, 3);
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(questions()).isEqualTo(3);
        assertThat(sinceThen()).isEqualTo(LEAST.multipliedBy(3));
    }

    @Test
    void aFailover_ofAmphoraeThatHoldConnections_givesEachItsTime() throws StoreException {
        whole();
        cluster.outside.holds = id -> true;
        asked(Kind.LB_FAILOVER, 3);
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(sinceThen()).isEqualTo(GRACE.multipliedBy(3));
    }

    @Test
    void aDeletion_waitsForNoConnection() throws StoreException {
        whole();
        cluster.outside.holds = id -> true;
        cluster.outside.done.clear();
        began = cluster.clock.now;
        cluster.change(Kind.LB_DELETE, ProvisioningStatus.PENDING_DELETE, 3);
        cluster.settle();
        cluster.isGone();
        assertThat(sinceThen()).isZero();
        assertThat(questions()).isZero();
    }
}
