// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.relational.Dialect;

/** Combined amphorae that die, one and many, below a whole controller on PostgreSQL. */
@ExtendWith(DatabaseServers.class)
@Timeout(300)
class DeadMemberTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("l3d.outage", 8));

    @TempDir
    Path directory;

    private static Set<String> members(WholeController controller, String id) throws StoreException {
        Set<String> members = new HashSet<>();
        controller.record(id).members().stream().map(Member::amphoraId).forEach(members::add);
        return members;
    }

    private static Statistics statistics(WholeController controller, String id) throws Exception {
        return WholeController.done(controller.services.loadBalancers().statistics(id));
    }

    private static Set<String> now(WholeController controller, String id) {
        try {
            return members(controller, id);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void isWhole(WholeController controller, String id, int amphorae) throws Exception {
        controller.await(
                "online with " + amphorae + " amphorae and nothing left to do",
                PATIENCE,
                () -> controller.operating(id) == OperatingStatus.ONLINE
                        && controller.serving(id).size() == amphorae
                        && controller.tasks().isEmpty());
        Set<String> serving = Set.copyOf(controller.serving(id));
        assertThat(controller.machines.ids()).isEqualTo(serving);
        assertThat(members(controller, id)).isEqualTo(serving);
        controller.await(
                "its listener, pool and member are told of",
                PATIENCE,
                () -> controller.tree(id).listeners().get(0).header().operating() == OperatingStatus.ONLINE
                        && controller.tree(id).pools().get(0).pool().header().operating() == OperatingStatus.ONLINE
                        && controller
                                        .tree(id)
                                        .pools()
                                        .get(0)
                                        .members()
                                        .get(0)
                                        .header()
                                        .operating()
                                == OperatingStatus.NO_MONITOR);
    }

    @Test
    void anAmphoraThatDies_isWithdrawnFirst_andReplaced_andTheLoadBalancerIsOnlineAgain() throws Exception {
        try (WholeController controller = new WholeController(directory, 3)) {
            controller.machines.counting(new Heartbeat.Counts(10, 20, 2, 1, 0));
            String id = controller.loadBalancer();
            isWhole(controller, id, 3);
            String dead = controller.serving(id).get(0);
            controller.await(
                    "all connections count",
                    PATIENCE,
                    () -> statistics(controller, id).activeConnections() == 6);
            Statistics before = statistics(controller, id);
            List<Set<String>> atMaking = new CopyOnWriteArrayList<>();
            controller.machines.onCreate(() -> atMaking.add(now(controller, id)));
            controller.machines.kill(dead);
            Instant killed = Instant.now();
            controller.await("degraded", PATIENCE, () -> controller.operating(id) == OperatingStatus.DEGRADED);
            Duration declared = Duration.between(killed, Instant.now());
            controller.await(
                    "withdrawn", PATIENCE, () -> !members(controller, id).contains(dead));
            Duration withdrawn = Duration.between(killed, Instant.now());
            isWhole(controller, id, 3);
            assertThat(atMaking).as("members when the successor was made").hasSize(1);
            assertThat(atMaking.get(0)).hasSize(2).doesNotContain(dead);
            System.out.printf(
                    "silent for %s is dead: declared %d ms after the kill, withdrawn %d ms, replaced %d ms%n",
                    WholeController.SILENCE,
                    declared.toMillis(),
                    withdrawn.toMillis(),
                    Duration.between(killed, Instant.now()).toMillis());
            assertThat(declared).isLessThan(WholeController.SILENCE.plusSeconds(5));
            assertThat(controller.serving(id)).doesNotContain(dead);
            assertThat(controller.machines.made()).hasSize(4);
            controller.await(
                    "no route is kept for it",
                    PATIENCE,
                    () -> controller.record(id).assignments().stream()
                            .noneMatch(a -> a.amphoraId().equals(dead)));
            controller.await(
                    "its successor's connections count, and those of the dead one don't",
                    PATIENCE,
                    () -> statistics(controller, id).activeConnections() == 6);
            Statistics after = statistics(controller, id);
            assertThat(after.bytesIn()).as("what the dead one moved counts").isGreaterThan(before.bytesIn());
            WholeController.done(controller.services.loadBalancers().delete(id, true));
            controller.await(
                    "deleted",
                    PATIENCE,
                    () -> controller.machines.ids().isEmpty()
                            && controller.tasks().isEmpty());
            assertThat(controller.rowIsThere(dead)).isFalse();
        }
    }

    @Test
    void allAtOnce_areTheNetwork_andNobodyIsReplaced() throws Exception {
        try (WholeController controller = new WholeController(directory, 4)) {
            String id = controller.loadBalancer();
            isWhole(controller, id, 4);
            List<String> before = controller.serving(id);
            controller.machines.mute(before);
            TimeUnit.MILLISECONDS.sleep(3 * WholeController.SILENCE.toMillis()); // what must not happen has had time to
            assertThat(controller.tasks()).isEmpty();
            assertThat(controller.operating(id)).isEqualTo(OperatingStatus.ONLINE);
            controller.machines.unmute();
            TimeUnit.MILLISECONDS.sleep(WholeController.SILENCE.toMillis());
            assertThat(controller.tasks()).isEmpty();
            assertThat(controller.serving(id)).containsExactlyInAnyOrderElementsOf(before);
            String dead = before.get(1);
            controller.machines.kill(dead);
            controller.await(
                    "replaced afterwards",
                    PATIENCE,
                    () -> !controller.serving(id).contains(dead)
                            && controller.serving(id).size() == 4);
        }
    }

    @Test
    void threeOfFour_areReplaced_twoInOneWindow_andTheThirdInTheNext() throws Exception {
        try (WholeController controller = new WholeController(directory, 4)) {
            String id = controller.loadBalancer();
            isWhole(controller, id, 4);
            List<String> dead = controller.serving(id).subList(0, 3);
            dead.forEach(controller.machines::kill);
            controller.await("two are declared dead", PATIENCE, () -> lost(controller, id, dead) == 2);
            long since = System.nanoTime();
            controller.await("and the third is, too", PATIENCE, () -> lost(controller, id, dead) == 3);
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isGreaterThan(WholeController.WINDOW.minusSeconds(3));
            isWhole(controller, id, 4);
            assertThat(controller.serving(id)).doesNotContainAnyElementsOf(dead);
        }
    }

    private static long lost(WholeController controller, String id, List<String> dead) throws StoreException {
        List<String> serving = controller.serving(id);
        return dead.stream().filter(one -> !serving.contains(one)).count();
    }

    @Test
    void aDatabaseThatIsAway_losesNoNumber_andNobodyIsTakenForDeadBecauseOfIt() throws Exception {
        try (WholeController controller = new WholeController(directory, 3)) {
            controller.machines.counting(new Heartbeat.Counts(1, 1, 1, 1, 0));
            String id = controller.loadBalancer();
            isWhole(controller, id, 3);
            List<String> before = controller.serving(id);
            Statistics counted =
                    WholeController.done(controller.services.loadBalancers().statistics(id));
            StoreOn.loseServer(Dialect.POSTGRESQL);
            try {
                TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis()); // the amphorae go on all the while
            } finally {
                StoreOn.restoreServer(Dialect.POSTGRESQL);
            }
            controller.await("it answers", PATIENCE, () -> answers(controller));
            TimeUnit.MILLISECONDS.sleep(2 * WholeController.SILENCE.toMillis()); // what must not happen has had time to
            assertThat(controller.tasks()).isEmpty();
            assertThat(controller.serving(id)).containsExactlyInAnyOrderElementsOf(before);
            Statistics now =
                    WholeController.done(controller.services.loadBalancers().statistics(id));
            long beats = OUTAGE.toMillis() / 250 * 3; // one of each amphora in 200 ms, and some
            assertThat(now.totalConnections() - counted.totalConnections()).isGreaterThan(beats);
            System.out.printf(
                    "database away for %s: nobody replaced, %d connections counted meanwhile%n",
                    OUTAGE, now.totalConnections() - counted.totalConnections());
            WholeController.done(controller.services.loadBalancers().delete(id, true));
            controller.await(
                    "deleted",
                    PATIENCE,
                    () -> controller.machines.ids().isEmpty()
                            && controller.tasks().isEmpty());
        }
    }

    private static boolean answers(WholeController controller) {
        try {
            return controller.tasks().isEmpty();
        } catch (StoreException e) {
            return false; // still away
        }
    }
}
