// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.haproxy.internal.life.EngineFixture.AMPHORA;
import static org.l3distributor.haproxy.internal.life.EngineFixture.LB;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP_ADDRESS;
import static org.l3distributor.haproxy.internal.life.EngineFixture.done;
import static org.l3distributor.haproxy.internal.life.EngineFixture.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxyEvent;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.haproxy.internal.config.Names;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;
import org.l3distributor.net.IpAddress;

/** With a real HAProxy in a namespace. */
class EngineTest extends HaproxyInNamespace {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String STARTED = "Configuration file is valid\nhaproxy daemon for " + LB + " started";

    @Test
    void upload_ofAConfigurationThatChecks_isStoredWithoutItsGroupAndRunsNothing() throws IOException {
        String text = on.configuration(LB, VIP + ":80");
        UploadResult.Stored stored = (UploadResult.Stored) on.upload(LB, text);
        assertThat(stored.md5()).isEqualTo(Names.md5(text.getBytes(StandardCharsets.UTF_8)));
        StoredConfiguration read = on.engine.configuration(LB).orElseThrow();
        assertThat(read).isEqualTo(stored.configuration());
        assertThat(read.text()).isEqualTo(text.replace("\n    group nogroup", ""));
        assertThat(read.content().frontends())
                .containsExactly(new Frontend(listener(0), "HTTP", List.of(), List.of(new Bind(VIP_ADDRESS, 80))));
        assertThat(on.state(LB).state()).isEqualTo(State.STOPPED);
        assertThat(on.processes()).isEmpty();
        assertThat(mode(on.store.files(LB).configuration())).isEqualTo("rw-------");
        assertThat(base.resolve("haproxy-default-user-group.conf")).hasContent("global\n    group nogroup");
        assertThat(on.state(LB).stored()).isEqualTo(read.content());
    }

    @Test
    void reload_ofOneThatDoesNotRun_startsItInTheWordsOfOctaviasAgent() throws IOException {
        assertThat(on.take(LB, VIP + ":80", "2001:db8::10:80").details()).isEqualTo(STARTED);
        LoadBalancerState state = on.state(LB);
        assertThat(state.state()).isEqualTo(State.RUNNING);
        assertThat(state.serves(VIP_ADDRESS)).isTrue();
        assertThat(state.serves(IpAddress.parse("2001:db8::10"))).isTrue();
        assertThat(state.reason()).isEmpty();
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.get("[2001:db8::10]", 80)).isEqualTo("served\n");
        assertThat(new ProcessTable().workers(state.masterPid())).containsExactly(state.workerPid());
        assertThat(done(on.engine.start(LB))).isEqualTo(new RunResult.Done(STARTED));
        assertThat(on.state(LB).masterPid()).isEqualTo(state.masterPid());
    }

    @Test
    void reload_ofOneThatRuns_takesTheNewConfigurationInANewWorker() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        assertThat(on.take(LB, VIP + ":81").details()).isEqualTo("Listener " + LB + " reloaded");
        LoadBalancerState after = on.state(LB);
        assertThat(after.masterPid()).isEqualTo(before.masterPid());
        assertThat(after.workerPid()).isNotEqualTo(before.workerPid());
        assertThat(after.listening()).containsExactly(new Bind(VIP_ADDRESS, 81));
        assertThat(on.get(VIP, 81)).isEqualTo("served\n");
        assertThat(on.store.files(LB).serversState()).exists();
    }

    @Test
    void start_orAnythingElse_ofWhatWasNeverUploaded_isUnknown() {
        RunResult unknown = new RunResult.Unknown(LB);
        assertThat(done(on.engine.start(LB))).isEqualTo(unknown);
        assertThat(done(on.engine.reload(LB))).isEqualTo(unknown);
        assertThat(done(on.engine.stop(LB))).isEqualTo(unknown);
        assertThat(done(on.engine.delete(LB))).isEqualTo(new RunResult.Done(""));
        assertThat(done(on.engine.start("../x"))).isEqualTo(new RunResult.Unknown("../x"));
        assertThat(on.engine.configuration(LB)).isEmpty();
        assertThat(on.engine.configuration("../../etc")).isEmpty();
        assertThat(on.engine.snapshot().loadBalancers()).isEmpty();
    }

    @Test
    void upload_thatDoesNotCheck_isRejectedInHaproxysWordsAndLeavesTheRunningOneAlone() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        StoredConfiguration stored = on.engine.configuration(LB).orElseThrow();
        UploadResult result = on.upload(LB, "frontend x\n    nonsense\n");
        assertThat(((UploadResult.Rejected) result).details())
                .contains("[ALERT]", "haproxy.cfg.new:2", "unknown keyword 'nonsense' in 'frontend' section");
        assertThat(on.engine.configuration(LB)).hasValue(stored);
        assertThat(on.store.files(LB).failed()).hasContent("frontend x\n    nonsense");
        assertThat(on.state(LB)).isEqualTo(before);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
    }

    @Test
    void upload_withoutAStatisticsSocket_isRejected() {
        UploadResult result =
                on.upload(LB, "global\n    maxconn 10\n\nfrontend f\n    bind " + VIP + ":80\n    mode http\n");
        assertThat(((UploadResult.Rejected) result).details()).contains("stats socket");
    }

    @Test
    void upload_underANameThatWouldEscape_isRejectedAndWritesNothing() throws IOException {
        for (String name : List.of("../evil", "a/b", ".", "certs")) {
            assertThat(on.upload(name, on.configuration(LB, VIP + ":80"))).isInstanceOf(UploadResult.Rejected.class);
        }
        assertThat(base).isEmptyDirectory();
        assertThat(base.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void upload_ofWhatIsNotText_isRejected() {
        assertThat(done(on.engine.upload(LB, AMPHORA, new byte[] {(byte) 0xC3, 0x28})))
                .isInstanceOf(UploadResult.Rejected.class);
    }

    @Test
    void start_withAnAddressThatIsNotThere_failsInHaproxysWordsAndIsNotTriedAgain() throws IOException {
        on.upload(LB, on.configuration(LB, "203.0.113.99:80"));
        RunResult.Failed failed = (RunResult.Failed) done(on.engine.start(LB));
        assertThat(failed.message()).isEqualTo("Error starting haproxy");
        assertThat(failed.details()).contains("cannot bind socket", "203.0.113.99:80");
        assertThat(on.state(LB).state()).isEqualTo(State.STOPPED);
        assertThat(on.state(LB).reason()).contains("cannot bind socket");
        assertThat(on.processes()).isEmpty();
    }

    @Test
    void reload_withAnAddressThatIsNotThere_failsWithoutDisturbingTheRunningOne() throws IOException {
        on.take(LB, VIP + ":80");
        on.upload(LB, on.configuration(LB, VIP + ":80", "203.0.113.99:80"));
        LoadBalancerState before = on.state(LB);
        RunResult.Failed failed = (RunResult.Failed) done(on.engine.reload(LB));
        assertThat(failed.message()).isEqualTo("Error reloading haproxy");
        assertThat(failed.details()).contains("203.0.113.99");
        assertThat(on.state(LB)).isEqualTo(before);
        assertThat(on.output(LB)).doesNotContain("Paused frontend");
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
    }

    @Test
    void reload_withAConfigurationWithoutFrontends_runsAndServesNothing() throws IOException {
        on.take(LB, VIP + ":80");
        assertThat(on.take(LB).details()).isEqualTo("Listener " + LB + " reloaded");
        assertThat(on.state(LB).state()).isEqualTo(State.RUNNING);
        assertThat(on.serves()).isFalse();
        assertThat(on.engine.snapshot().addresses()).isEmpty();
        assertThat(on.state(LB).reason()).isEqualTo("has no frontend");
    }

    @Test
    void stop_endsAllOfItAndSaysSo() throws IOException {
        on.take(LB, VIP + ":80");
        assertThat(done(on.engine.stop(LB))).isEqualTo(new RunResult.Done("Listener " + LB + " stoped"));
        assertThat(on.processes()).isEmpty();
        assertThat(on.state(LB).state()).isEqualTo(State.STOPPED);
        assertThat(on.serves()).isFalse();
        assertThat(done(on.engine.stop(LB))).isEqualTo(new RunResult.Done("Listener " + LB + " stoped"));
        on.restart();
        on.await(SOON, () -> on.state(LB).state() == State.STOPPED);
        assertThat(on.processes()).isEmpty();
        assertThat(done(on.engine.reload(LB))).isEqualTo(new RunResult.Done(STARTED));
    }

    @Test
    void delete_removesEverythingOfItAndNothingElse() throws IOException {
        String other = "11111111-1111-4111-8111-000000000002";
        on.take(LB, VIP + ":80");
        on.take(other, VIP + ":8080");
        done(on.engine.putCertificate(LB, "a.pem", new byte[] {1}));
        assertThat(done(on.engine.delete(LB))).isEqualTo(new RunResult.Done(""));
        assertThat(on.store.files(LB).directory()).doesNotExist();
        assertThat(on.store.files(LB).certificates()).doesNotExist();
        assertThat(base.resolve(LB + ".sock")).doesNotExist();
        assertThat(on.engine.snapshot().loadBalancers())
                .extracting(LoadBalancerState::id)
                .containsExactly(other);
        assertThat(on.serves()).isTrue();
        assertThat(on.get(VIP, 8080)).isEqualTo("served\n");
        assertThat(on.get(VIP, 80)).isEmpty();
        assertThat(done(on.engine.delete(LB))).isEqualTo(new RunResult.Done(""));
        assertThat(on.take(LB, VIP + ":80").details()).isEqualTo(STARTED);
    }

    @Test
    void death_ofTheWorker_isToldAtOnceAndItIsStartedAgain() throws IOException {
        deathIsToldAtOnceAndItIsStartedAgain(on.take(LB, VIP + ":80"), state(LB).workerPid());
    }

    @Test
    void death_ofTheMaster_isToldAtOnceAndItIsStartedAgain() throws IOException {
        deathIsToldAtOnceAndItIsStartedAgain(on.take(LB, VIP + ":80"), state(LB).masterPid());
    }

    private LoadBalancerState state(String lb) {
        return on.state(lb);
    }

    private void deathIsToldAtOnceAndItIsStartedAgain(RunResult.Done started, long victim) throws IOException {
        assertThat(started.details()).isEqualTo(STARTED);
        LoadBalancerState before = on.state(LB);
        List<HaproxyEvent> told = new CopyOnWriteArrayList<>();
        on.engine.listen(told::add);
        Instant killed = Instant.now();
        on.kill("KILL", victim);
        on.await(SOON, () -> told.stream().anyMatch(event -> !event.now().serves(VIP_ADDRESS)));
        HaproxyEvent death = told.stream() // news of the start may still come before
                .filter(event -> !event.now().serves(VIP_ADDRESS))
                .findFirst()
                .orElseThrow();
        HaproxySnapshot first = death.now();
        assertThat(death.seen()).as("when the kernel told of it").isBetween(killed, Instant.now());
        // Who is told sees how it is at that moment, and the first start again waits for nothing.
        assertThat(first.loadBalancer(LB).orElseThrow().state()).isIn(State.DOWN, State.STARTING);
        assertThat(first.fault(VIP_ADDRESS))
                .hasValueSatisfying(
                        fault -> assertThat(fault).startsWith("HAProxy is not accepting on " + VIP + ":80 ("));
        on.await(SOON, on::serves);
        assertThat(on.state(LB).masterPid()).isNotEqualTo(before.masterPid());
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
        assertThat(on.processes()).hasSize(2);
    }

    @Test
    void stop_thatFails_leavesItServing_andTheNextOneIsDone() throws IOException {
        on.take(LB, VIP + ":80");
        HaproxyCommand command = new HaproxyCommand("/usr/sbin/haproxy");
        AtomicBoolean refuses = new AtomicBoolean(true);
        Supervisor own = on.supervisor(command);
        on.engine.close();
        on.engine = on.open(command, new Supervisor() {
            @Override
            public long start(LoadBalancerFiles files, String peer) throws IOException {
                return own.start(files, peer);
            }

            @Override
            public void reload(LoadBalancerFiles files, long master) throws IOException {
                own.reload(files, master);
            }

            @Override
            public void stop(LoadBalancerFiles files, long master) throws IOException {
                if (refuses.get()) {
                    throw new IOException("Failed to connect to bus");
                }
                own.stop(files, master);
            }

            @Override
            public OptionalLong master(LoadBalancerFiles files) throws IOException {
                return own.master(files);
            }
        });
        on.await(SOON, on::serves);
        assertThat(done(on.engine.stop(LB)))
                .isEqualTo(new RunResult.Failed("Error stoping haproxy", "Failed to connect to bus"));
        assertThat(on.serves()).isTrue();
        refuses.set(false);
        assertThat(done(on.engine.stop(LB))).isInstanceOf(RunResult.Done.class);
        assertThat(on.processes()).isEmpty();
    }

    /** As by systemctl reload, or by an operator's kill -USR2. */
    @Test
    void reload_bySomebodyElse_isNoDeath_andTheNewWorkerIsWatched() throws IOException {
        on.take(LB, VIP + ":80");
        List<HaproxySnapshot> told = new CopyOnWriteArrayList<>();
        on.engine.listen(event -> told.add(event.now()));
        long master = on.state(LB).masterPid();
        for (int times = 0; times < 20; times++) {
            long worker = on.state(LB).workerPid();
            on.await(SOON, () -> new ProcessTable().hearsReload(master));
            on.kill("USR2", master);
            on.await(SOON, () -> on.state(LB).workerPid() != worker);
        }
        assertThat(told).allMatch(snapshot -> snapshot.serves(VIP_ADDRESS));
        assertThat(on.state(LB).masterPid()).isEqualTo(master);
        told.clear();
        on.kill("KILL", on.state(LB).workerPid());
        on.await(SOON, () -> told.stream().anyMatch(snapshot -> !snapshot.serves(VIP_ADDRESS)));
        on.await(SOON, on::serves);
    }

    @Test
    void silence_ofTheStatisticsSocket_isNoServiceUntilItAnswersAgain() throws IOException {
        on.take(LB, VIP + ":80");
        long worker = on.state(LB).workerPid();
        on.kill("STOP", worker);
        try {
            on.await(SOON, () -> !on.serves());
            assertThat(on.engine.snapshot().fault(VIP_ADDRESS))
                    .hasValue("HAProxy is not accepting on " + VIP + ":80 (doesn't answer on its statistics socket)");
            assertThat(done(on.engine.statistics(LB))).isEmpty();
        } finally {
            on.kill("CONT", worker);
        }
        on.await(SOON, on::serves);
        assertThat(on.state(LB).workerPid()).isEqualTo(worker);
    }

    @Test
    void restart_ofTheAppliance_findsItsHaproxyAndLeavesItAlone() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.restart();
        on.await(SOON, on::serves);
        assertThat(on.state(LB).masterPid()).isEqualTo(before.masterPid());
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        on.kill("KILL", before.workerPid());
        on.await(SOON, () -> on.state(LB).masterPid() != before.masterPid() && on.serves());
    }

    @Test
    void restart_betweenUploadAndReload_showsWhatReallyRuns() {
        on.take(LB, VIP + ":80");
        on.upload(LB, on.configuration(LB, VIP + ":81"));
        on.restart();
        on.await(SOON, on::serves);
        assertThat(on.state(LB).running().frontends().get(0).binds()).containsExactly(new Bind(VIP_ADDRESS, 80));
        assertThat(done(on.engine.reload(LB))).isEqualTo(new RunResult.Done("Listener " + LB + " reloaded"));
        assertThat(on.state(LB).listening()).containsExactly(new Bind(VIP_ADDRESS, 81));
    }

    @Test
    void restart_withoutAPidFile_startsNoSecondHaproxy() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.engine.close();
        Files.delete(on.store.files(LB).pid());
        on.engine = on.open("/usr/sbin/haproxy");
        on.await(SOON, on::serves);
        assertThat(on.state(LB).masterPid()).isEqualTo(before.masterPid());
        assertThat(on.processes()).hasSize(2);
    }

    @Test
    void restart_ofTheHost_startsWhatWasWanted() throws IOException {
        on.take(LB, VIP + ":80");
        on.engine.close();
        long master = on.processes().get(0);
        on.kill("KILL", master);
        on.await(SOON, () -> alive().isEmpty());
        on.engine = on.open("/usr/sbin/haproxy");
        on.await(SOON, on::serves);
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
    }

    private List<Long> alive() {
        try {
            return on.processes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void upload_withoutHaproxy_saysThatThereIsNone() {
        on.engine.close();
        on.engine = on.open("/usr/sbin/no-haproxy");
        UploadResult.Failed failed = (UploadResult.Failed) on.upload(LB, on.configuration(LB, VIP + ":80"));
        assertThat(failed.details()).contains("/usr/sbin/no-haproxy");
        assertThat(on.engine.configuration(LB)).isEmpty();
        assertThat(done(on.engine.version())).isEmpty();
    }

    @Test
    void reload_withoutHaproxy_leavesTheRunningOneAlone() throws IOException {
        on.take(LB, VIP + ":80");
        LoadBalancerState before = on.state(LB);
        on.engine.close();
        on.engine = on.open("/usr/sbin/no-haproxy");
        on.await(SOON, on::serves);
        RunResult.Failed failed = (RunResult.Failed) done(on.engine.reload(LB));
        assertThat(failed.details()).contains("/usr/sbin/no-haproxy");
        assertThat(on.state(LB).workerPid()).isEqualTo(before.workerPid());
        assertThat(on.get(VIP, 80)).isEqualTo("served\n");
    }

    @Test
    void upload_onAFullDisk_failsAndChangesNothing() throws IOException {
        on.engine.close();
        EngineFixture.run("mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "tmpfs", base.toString());
        try {
            on.engine = on.open("/usr/sbin/haproxy");
            on.take(LB, VIP + ":80");
            StoredConfiguration stored = on.engine.configuration(LB).orElseThrow();
            String large = on.configuration(LB, VIP + ":80") + "# " + "x".repeat(100_000) + "\n";
            UploadResult.Failed failed = (UploadResult.Failed) on.upload(LB, large);
            assertThat(failed.details()).contains("No space left on device");
            assertThat(on.engine.configuration(LB)).hasValue(stored);
            assertThat(on.store.files(LB).uploaded()).doesNotExist();
            assertThat(on.serves()).isTrue();
            assertThat(on.get(VIP, 80)).isEqualTo("served\n");
            assertThat(on.take(LB, VIP + ":81").details()).isEqualTo("Listener " + LB + " reloaded");
            done(on.engine.stop(LB));
        } finally {
            on.engine.close();
            EngineFixture.run("umount", "-l", base.toString());
        }
    }

    @Test
    void statistics_ofARunningOne_areItsOwn() throws IOException {
        on.take(LB, VIP + ":80");
        on.get(VIP, 80);
        Statistics statistics = done(on.engine.statistics(LB)).orElseThrow();
        assertThat(statistics.workerPid()).isEqualTo(on.state(LB).workerPid());
        assertThat(statistics.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.id()).isEqualTo(listener(0));
            assertThat(listener.status()).isEqualTo("OPEN");
            assertThat(listener.totalConnections()).isEqualTo(1);
            assertThat(listener.bytesOut()).isPositive();
        });
        assertThat(done(on.engine.statistics("unknown"))).isEmpty();
        done(on.engine.stop(LB));
        assertThat(done(on.engine.statistics(LB))).isEmpty();
    }

    @Test
    void version_isThatOfTheInstalledPackage() throws IOException {
        String installed = EngineFixture.run("dpkg-query", "-W", "-f", "${Version}", "haproxy");
        assertThat(done(on.engine.version())).hasValue(installed);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
