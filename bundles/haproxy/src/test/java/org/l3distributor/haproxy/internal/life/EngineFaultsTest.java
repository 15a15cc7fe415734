// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.haproxy.internal.life.EngineFixture.LB;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP_ADDRESS;
import static org.l3distributor.haproxy.internal.life.EngineFixture.done;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.UploadResult;

/** What goes wrong around a running HAProxy: it serves on, and what is wrong is said. With a real one in a namespace. */
class EngineFaultsTest extends HaproxyInNamespace {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OTHER = "11111111-1111-4111-8111-000000000002";

    @Test
    void statisticsSocket_thatSomebodyRemoved_isToldAndBackAfterAReload() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        Files.delete(base.resolve(LB + ".sock"));
        on.await(SOON, () -> !on.serves());
        assertThat(on.engine.snapshot().fault(VIP_ADDRESS))
                .hasValue("HAProxy is not accepting on " + VIP + ":80 (doesn't answer on its statistics socket)");
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(done(on.engine.reload(LB))).isInstanceOf(RunResult.Done.class);
        assertThat(on.serves()).isTrue();
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.processes()).hasSize(2);
    }

    @Test
    void death_afterAReloadThatWasRefused_bringsBackWhatServedBefore() throws IOException {
        on.take(LB, VIP + ":80");
        assertThat(done(on.engine.refusal(LB))).isEmpty();
        on.upload(LB, on.configuration(LB, VIP + ":80", "203.0.113.99:80"));
        assertThat(done(on.engine.refusal(LB)))
                .hasValueSatisfying(refused -> assertThat(refused.details()).contains("203.0.113.99"));
        assertThat(done(on.engine.reload(LB))).isInstanceOf(RunResult.Failed.class);
        assertThat(on.state(LB).stored().frontends()).as("as uploaded").hasSize(2);
        long master = on.state(LB).masterPid();
        on.kill("KILL", master);
        on.await(SOON, () -> on.state(LB).masterPid() != master && on.serves());
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.state(LB).stored())
                .as("what was put back")
                .isEqualTo(on.state(LB).running());
        assertThat(on.state(LB).stored().frontends()).hasSize(1);
        assertThat(on.state(LB).listening()).containsExactly(new Bind(VIP_ADDRESS, 80));
    }

    @Test
    void bind_thatAnotherLoadBalancerServes_isRefusedUntilItIsFree() throws IOException {
        on.take(LB, VIP + ":80");
        assertThat(on.upload(OTHER, on.configuration(OTHER, VIP + ":80"))).isInstanceOf(UploadResult.Stored.class);
        RunResult.Failed start = (RunResult.Failed) done(on.engine.start(OTHER));
        assertThat(start.details()).isEqualTo(VIP + ":80 is in use by load balancer " + LB);
        assertThat(on.state(OTHER).state()).isEqualTo(State.STOPPED);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        on.take(OTHER, VIP + ":81");
        on.upload(OTHER, on.configuration(OTHER, VIP + ":80"));
        LoadBalancerState before = on.state(OTHER);
        RunResult.Failed reload = (RunResult.Failed) done(on.engine.reload(OTHER));
        assertThat(reload.details()).isEqualTo(VIP + ":80 is in use by load balancer " + LB);
        assertThat(on.state(OTHER)).isEqualTo(before);
        done(on.engine.delete(LB));
        assertThat(done(on.engine.reload(OTHER))).isEqualTo(new RunResult.Done("Listener " + OTHER + " reloaded"));
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.engine.snapshot().serves(VIP_ADDRESS)).isTrue();
    }

    @Test
    void restart_whileTheKernelListsNoSockets_leavesTheRunningOneAlone_untilTheyAreListedAgain() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.programs.refusesSockets = true;
        on.restart();
        on.await(SOON, () -> on.state(LB).state() == State.RUNNING);
        assertThat(on.engine.snapshot().fault(VIP_ADDRESS))
                .hasValue("HAProxy is not accepting on " + VIP + ":80 (isn't listening on " + VIP + ":80)");
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        on.programs.refusesSockets = false;
        on.await(SOON, on::serves);
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
    }

    /** Only its sockets tell which of the two configurations the HAProxy that is found uses. */
    @Test
    void restart_afterAnUpload_whileTheKernelListsNoSockets_killsNothing_andGoesOnOnceTheyAreListed()
            throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.upload(LB, on.configuration(LB, VIP + ":81"));
        on.programs.refusesSockets = true;
        on.restart();
        on.await(SOON, () -> on.programs.refused.get() >= 3); // found, at once again, and after a second
        assertThat(on.state(LB).state()).isEqualTo(State.DOWN);
        assertThat(on.state(LB).reason()).isEqualTo("list sockets: EAGAIN");
        assertThat(on.processes()).contains(before.masterPid(), before.workerPid());
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        on.programs.refusesSockets = false;
        on.await(SOON, on::serves);
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        assertThat(on.state(LB).listening()).containsExactly(new Bind(VIP_ADDRESS, 80));
    }

    @Test
    void start_whileTheKernelListsNoSockets_isDone_andTheReloadAfterItWithdrawsNothing() throws IOException {
        on.programs.refusesSockets = true;
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.serves()).as("nobody has seen it listen").isFalse();
        on.programs.refusesSockets = false;
        on.await(SOON, on::serves);
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        List<HaproxySnapshot> told = new CopyOnWriteArrayList<>();
        on.engine.listen(event -> told.add(event.now()));
        on.programs.refusesSockets = true;
        assertThat(on.take(LB, VIP + ":80").details()).isEqualTo("Listener " + LB + " reloaded");
        assertThat(on.state(LB).masterPid()).isEqualTo(before.masterPid());
        assertThat(on.state(LB).workerPid()).isNotEqualTo(before.workerPid());
        assertThat(told).isNotEmpty().allMatch(snapshot -> snapshot.serves(VIP_ADDRESS));
    }

    @Test
    void watch_thatTheKernelRefuses_isTriedAgain() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.programs.refusesWatches = true;
        on.restart();
        on.await(SOON, on::serves);
        on.programs.watched.clear();
        on.programs.refusesWatches = false;
        on.await(SOON, () -> on.programs.watched.containsAll(List.of(before.masterPid(), before.workerPid())));
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
    }

    @Test
    void death_thatNobodyWatches_isSeenByItsSilenceAndItIsStartedAgain() throws IOException {
        on.take(LB, VIP + ":80");
        long master = on.state(LB).masterPid();
        on.programs.refusesWatches = true;
        on.restart();
        on.await(SOON, on::serves);
        on.kill("KILL", master);
        on.await(SOON, () -> on.state(LB).state() == State.DOWN);
        on.programs.refusesWatches = false;
        on.await(SOON, on::serves);
        assertThat(on.state(LB).masterPid()).isNotEqualTo(master);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.processes()).hasSize(2);
    }

    @Test
    void orders_onAFullDisk_sayItAndTheRunningOneServesOn() throws IOException {
        on.engine.close();
        EngineFixture.run("mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "tmpfs", base.toString());
        try {
            on.engine = on.open("/usr/sbin/haproxy");
            on.take(LB, VIP + ":80");
            on.upload(LB, on.configuration(LB, VIP + ":80", VIP + ":81"));
            fill(base.resolve("full"));
            RunResult reloaded = done(on.engine.reload(LB));
            assertThat(reloaded).isEqualTo(new RunResult.Done("Listener " + LB + " reloaded"));
            assertThat(on.get(VIP, 81)).isEqualTo("served\n");
            assertThat(done(on.engine.putCertificate(LB, "a.pem", new byte[10_000])))
                    .isInstanceOfSatisfying(
                            CertificateResult.Failed.class,
                            failed -> assertThat(failed.details()).contains("a.pem", "No space left on device"));
            on.kill("KILL", on.state(LB).workerPid());
            on.await(SOON, () -> !on.serves());
            on.await(SOON, on::serves);
            assertThat(done(on.engine.stop(LB))).isInstanceOf(RunResult.Done.class);
            assertThat(done(on.engine.start(LB))).isInstanceOf(RunResult.Done.class);
            assertThat(done(on.engine.delete(LB))).isEqualTo(new RunResult.Done(""));
            assertThat(on.processes()).isEmpty();
        } finally {
            on.engine.close();
            EngineFixture.run("umount", "-l", base.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 1024; i++) {
                out.write(new byte[1024]);
            }
            throw new AssertionError("the disk took it all");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
