// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.StoreException;

/** A controller may die anywhere: another one brings everything to the same end. */
class CrashTest {
    private interface Story {
        void tell(Cluster cluster) throws StoreException;
    }

    private static void create(Cluster cluster) throws StoreException {
        cluster.created(3);
        cluster.settle();
        cluster.isWhole(3, 0);
    }

    private static void configure(Cluster cluster) throws StoreException {
        cluster.listener(80);
        cluster.settle();
        cluster.isWhole(3, 1);
    }

    private static void scale(Cluster cluster) throws StoreException {
        cluster.change(Kind.LB_SCALE, ProvisioningStatus.PENDING_UPDATE, 5);
        cluster.settle();
        cluster.isWhole(5, 1);
        cluster.change(Kind.LB_SCALE, ProvisioningStatus.PENDING_UPDATE, 3);
        cluster.settle();
        cluster.isWhole(3, 1);
    }

    private static void replace(Cluster cluster, boolean keepFirst) throws StoreException {
        String dead = cluster.replace(keepFirst);
        cluster.outside.dead.add(dead);
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(cluster.outside.instances).doesNotContain(dead);
    }

    private static void failover(Cluster cluster) throws StoreException {
        List<String> before = ids(cluster);
        cluster.change(Kind.LB_FAILOVER, ProvisioningStatus.PENDING_UPDATE, 3);
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(ids(cluster)).doesNotContainAnyElementsOf(before);
    }

    private static List<String> ids(Cluster cluster) throws StoreException {
        return cluster.amphorae().stream().map(Amphora::id).toList();
    }

    private static void delete(Cluster cluster) throws StoreException {
        cluster.change(Kind.LB_DELETE, ProvisioningStatus.PENDING_DELETE, 3);
        cluster.settle();
        cluster.isGone();
    }

    private static void life(Cluster cluster) throws StoreException {
        create(cluster);
        configure(cluster);
        scale(cluster);
        replace(cluster, false);
        replace(cluster, true);
        failover(cluster);
        delete(cluster);
    }

    @Test
    void aWholeLife_ofADedicatedTopology_withADeathAtEveryThirdPoint_endsTheSame() throws StoreException {
        Crashes counting = new Crashes(0);
        Cluster undisturbed = new Cluster(counting, null);
        undisturbed.dedicated(ProvisioningStatus.ALLOCATED);
        life(undisturbed);
        assertThat(undisturbed.outside.done).anyMatch(k -> k.startsWith("stopped:"));
        for (int at = 1; at <= counting.passed; at += 3) {
            told(at, cluster -> {
                cluster.dedicated(ProvisioningStatus.ALLOCATED);
                life(cluster);
            });
        }
    }

    @Test
    void aWholeLife_withoutAccidents() throws StoreException {
        life(new Cluster(new Crashes(0), null));
    }

    @Test
    void aWholeLife_withADeathAtEveryPoint_endsTheSame() throws StoreException {
        Crashes counting = new Crashes(0);
        life(new Cluster(counting, null));
        assertThat(counting.passed).isGreaterThan(100);
        for (int at = 1; at <= counting.passed; at++) {
            told(at, CrashTest::life);
        }
    }

    private static void told(int at, Story story) throws StoreException {
        try {
            story.tell(new Cluster(new Crashes(at), null));
        } catch (AssertionError e) {
            throw new AssertionError("with a death at point " + at, e);
        }
    }

    @Test
    void aWholeLife_withManyDeathsAndCallsThatFailOrAreNotAnswered_endsTheSame() throws StoreException {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Crashes crashes = new Crashes(1 + random.nextInt(30));
            Cluster cluster = new Cluster(crashes, new Random(seed + 1_000));
            try {
                lifeWithDeaths(cluster, crashes, random);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void lifeWithDeaths(Cluster cluster, Crashes crashes, Random random) throws StoreException {
        create(cluster);
        crashes.next(1 + random.nextInt(30));
        configure(cluster);
        crashes.next(1 + random.nextInt(60));
        scale(cluster);
        crashes.next(1 + random.nextInt(30));
        replace(cluster, random.nextBoolean());
        crashes.next(1 + random.nextInt(60));
        failover(cluster);
        crashes.next(1 + random.nextInt(30));
        delete(cluster);
    }

    @Test
    void aDeadAmphora_isWithdrawnBeforeAnythingElseIsDone() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        configure(cluster);
        cluster.outside.done.clear();
        String dead = cluster.replace(false);
        cluster.settle();
        assertThat(cluster.outside.done.get(0)).isEqualTo("withdrawn:" + dead);
    }

    @Test
    void successors_thatNeverComeUp_areDeletedBeforeMoreAreMade() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        configure(cluster);
        cluster.replace(false);
        cluster.outside.broken = 12;
        cluster.outside.most = 0;
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(cluster.outside.broken).isZero();
        assertThat(cluster.outside.most)
                .as("three, and one that comes up or doesn't")
                .isEqualTo(4);
    }

    @Test
    void theLastServingAmphora_isWithdrawnAfterItsSuccessorIsAnnounced() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        configure(cluster);
        cluster.outside.done.clear();
        String suspect = cluster.replace(true);
        cluster.settle();
        int withdrawn = cluster.outside.done.indexOf("withdrawn:" + suspect);
        assertThat(cluster.outside.done.subList(0, withdrawn)).anyMatch(k -> k.startsWith("announced:"));
    }

    @Test
    void anAmphora_thatLeaves_takesNoNewConnectionsBeforeItIsWithdrawnAndDeleted() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        configure(cluster);
        cluster.outside.done.clear();
        cluster.change(Kind.LB_SCALE, ProvisioningStatus.PENDING_UPDATE, 2);
        Instant began = cluster.clock.now;
        cluster.settle();
        cluster.isWhole(2, 1);
        List<String> ends = cluster.outside.done.stream()
                .map(k -> k.substring(0, k.indexOf(':')))
                .toList();
        assertThat(ends).containsExactly("quiet", "idle", "withdrawn", "destroyed");
        assertThat(Duration.between(began, cluster.clock.now)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aConfiguration_thatOneAmphoraCannotTake_isDone_andThatAmphoraIsReplacedWithIt() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        String dead = cluster.amphorae().get(0).id();
        cluster.outside.dead.add(dead);
        configure(cluster);
        assertThat(cluster.outside.instances).doesNotContain(dead);
    }

    @Test
    void aConfiguration_thatOneAmphoraAloneRefuses_isDone_andThatAmphoraIsReplacedWithIt() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        String odd = cluster.amphorae().get(0).id();
        cluster.outside.refuse.add(odd);
        configure(cluster);
        assertThat(cluster.outside.instances).doesNotContain(odd);
    }

    @Test
    void aConfiguration_thatAllRefuse_fails_andNoAmphoraIsReplaced() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        create(cluster);
        List<String> before = ids(cluster);
        cluster.outside.refuse.addAll(before);
        cluster.listener(80);
        cluster.settle();
        LoadBalancerTree tree = cluster.store.in(
                tx -> Snapshots.tree(tx, tx.loadBalancers().find(Cluster.LB).orElseThrow()));
        assertThat(tree.loadBalancer().header().provisioning()).isEqualTo(ProvisioningStatus.ACTIVE);
        assertThat(tree.listeners()).allMatch(l -> l.header().provisioning() == ProvisioningStatus.ERROR);
        assertThat(ids(cluster)).isEqualTo(before);
        assertThat(cluster.amphorae()).allMatch(a -> a.status() == ProvisioningStatus.ALLOCATED);
    }

    @Test
    void aDeletion_inTheMiddleOfAReplacement_leavesNothing() throws StoreException {
        for (int at = 1; at < 60; at++) {
            Cluster cluster = new Cluster(new Crashes(0), null);
            create(cluster);
            cluster.replace(false);
            cluster.crashes.next(at);
            cluster.settleUntilDeath();
            cluster.change(Kind.LB_DELETE, ProvisioningStatus.PENDING_DELETE, 3);
            cluster.settle();
            cluster.isGone();
        }
    }
}
