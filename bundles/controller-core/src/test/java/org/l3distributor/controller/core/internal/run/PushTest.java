// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.store.StoreException;

/** What operators change in a profile reaches every amphora that serves, and keeps none from being replaced. */
class PushTest {
    private static Cluster whole() throws StoreException {
        Cluster cluster = new Cluster(new Crashes(0), null);
        cluster.created(3);
        cluster.settle();
        cluster.outside.done.clear();
        return cluster;
    }

    private static void push(Cluster cluster, Amphora amphora) throws StoreException {
        cluster.store.run(tx -> new Writer(tx).push(amphora));
    }

    private static Task open(Cluster cluster, String targetId) throws StoreException {
        return cluster.store.in(tx -> tx.tasks().findOpen(targetId).orElseThrow());
    }

    @Test
    void anAmphora_thatIsComing_getsItsFileAgainWhenItIsInService() throws StoreException {
        int coming = 0;
        for (int at = 1; at < 40; at++) {
            Cluster cluster = new Cluster(new Crashes(at), null);
            cluster.created(1);
            cluster.settleUntilDeath();
            List<Amphora> amphorae = cluster.amphorae();
            if (amphorae.isEmpty() || amphorae.get(0).status() == ProvisioningStatus.ALLOCATED) {
                continue;
            }
            String id = amphorae.get(0).id();
            push(cluster, amphorae.get(0));
            cluster.settle();
            cluster.isWhole(1, 0);
            assertThat(cluster.outside.done).as("died at %s", at).contains("pushed:" + id);
            coming++;
        }
        assertThat(coming).isGreaterThan(5);
    }

    @Test
    void aFile_thatIsRefusedAgainAndAgain_isPushedUntilItIsTaken() throws StoreException {
        Cluster cluster = whole();
        Amphora amphora = cluster.amphorae().get(0);
        cluster.outside.deaf = 30;
        push(cluster, amphora);
        cluster.settle();
        assertThat(cluster.outside.deaf).isZero();
        assertThat(cluster.outside.done).hasSize(31).containsOnly("pushed:" + amphora.id());
    }

    @Test
    void aPush_thatWaits_isDueAtOnce_whenAnotherChangeComes() throws StoreException {
        Cluster cluster = whole();
        Amphora amphora = cluster.amphorae().get(0);
        push(cluster, amphora);
        cluster.store.run(tx -> {
            Task task = tx.tasks().findOpen(amphora.id()).orElseThrow();
            assertThat(tx.tasks().save(task.again(tx.now().plus(Duration.ofMinutes(4)), "refused", tx.now())))
                    .isTrue();
        });
        push(cluster, amphora);
        assertThat(open(cluster, amphora.id()).notBefore()).isEqualTo(cluster.clock.now);
    }

    @Test
    void aPush_toADeadAmphora_doesNotKeepItFromBeingReplaced_thoughAControllerIsAtIt() throws StoreException {
        Cluster cluster = whole();
        Amphora dead = cluster.amphorae().get(0);
        cluster.outside.dead.add(dead.id());
        push(cluster, dead);
        Task push = cluster.store
                .in(tx -> tx.tasks().claim("another", 1, Duration.ofSeconds(30)))
                .get(0);
        assertThat(cluster.replace(false)).isEqualTo(dead.id());
        boolean saved = cluster.store.in(tx -> tx.tasks().save(push.again(tx.now(), "it doesn't answer", tx.now())));
        assertThat(saved).as("who was at it").isFalse();
        assertThat(open(cluster, dead.id()).kind()).isEqualTo(Kind.AMPHORA_REPLACE.name());
        cluster.settle();
        cluster.isWhole(3, 0);
        assertThat(cluster.outside.instances).doesNotContain(dead.id());
    }

    @Test
    void anAmphora_thatTakesNoConfiguration_isReplaced_whileItsFileIsBeingPushed() throws StoreException {
        Cluster cluster = whole();
        Amphora dead = cluster.amphorae().get(0);
        cluster.outside.dead.add(dead.id());
        cluster.store.run(tx -> {
            new Writer(tx).push(dead);
            Task task = tx.tasks().findOpen(dead.id()).orElseThrow();
            assertThat(tx.tasks().save(task.again(tx.now().plus(Duration.ofDays(1)), "it doesn't answer", tx.now())))
                    .isTrue();
        });
        cluster.listener(80);
        cluster.settle();
        cluster.isWhole(3, 1);
        assertThat(cluster.outside.instances).doesNotContain(dead.id());
    }

    @Test
    void anOperator_mayReplaceAnAmphora_thatDoesNotTakeItsFile() throws StoreException {
        Cluster cluster = whole();
        Amphora amphora = cluster.amphorae().get(0);
        push(cluster, amphora);
        Services services = new Services(cluster.store, Optional::empty, Runnable::run, () -> {}, 3);
        Outcome<AmphoraView> answer =
                services.amphorae().failover(amphora.id()).toCompletableFuture().join();
        assertThat(answer).isInstanceOf(Outcome.Done.class);
        cluster.settle();
        cluster.isWhole(3, 0);
        assertThat(cluster.outside.instances).doesNotContain(amphora.id());
    }
}
