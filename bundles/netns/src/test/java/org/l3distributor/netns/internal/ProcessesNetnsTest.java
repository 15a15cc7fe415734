// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.ProcessSignal;
import org.l3distributor.netns.ProcessWatch;
import org.l3distributor.netns.Program;
import org.l3distributor.netns.ProgramOutput;
import org.l3distributor.netns.StartedProgram;

@Tag("netns")
class ProcessesNetnsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> SLEEP = List.of("/usr/bin/sleep", "100");

    @TempDir
    Path directory;

    private NetnsFixture netns;
    private Processes processes;

    @BeforeEach
    void start() throws Exception {
        netns = new NetnsFixture();
        netns.ip("netns", "add", netns.name);
        processes = new Processes();
    }

    @AfterEach
    void stop() throws Exception {
        if (processes != null) {
            processes.close();
            netns.close();
        }
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void fails(CompletionStage<?> stage, Class<? extends Exception> with, String text) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(with)
                .withMessageContaining(text);
    }

    private Program program(List<String> command) {
        return new Program(command, Map.of("COLOUR", "blue"), directory.resolve("logs/program.log"));
    }

    @Test
    void startedProgram_isInTheNamespaceInASessionOfItsOwnWithItsOwnPid() throws Exception {
        StartedProgram sleep = done(processes.start(netns.name, program(SLEEP)));
        try (ProcessWatch watch = processes.watch(sleep.pid())) {
            Path proc = Path.of("/proc", String.valueOf(sleep.pid()));
            NetnsFixture.await(
                    SOON, () -> read(proc.resolve("comm")).equals("sleep\n"), () -> read(proc.resolve("comm")));
            assertThat(Files.isSameFile(proc.resolve("ns/net"), Path.of("/run/netns", netns.name)))
                    .isTrue();
            String[] stat = read(proc.resolve("stat")).split("\\) ")[1].split(" ");
            assertThat(stat[3]).as("session").isEqualTo(String.valueOf(sleep.pid()));
            assertThat(watch.signal(ProcessSignal.TERM)).isTrue();
            done(watch.ended());
            assertThat(done(sleep.exitStatus())).isEqualTo(128 + 15);
            assertThat(watch.signal(ProcessSignal.TERM)).isFalse();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void startedProgram_writesToItsLogAndInheritsNothing() throws Exception {
        Program env = program(List.of("/usr/bin/env"));
        for (int i = 0; i < 2; i++) {
            assertThat(done(done(processes.start(netns.name, env)).exitStatus()))
                    .isZero();
        }
        assertThat(Files.readAllLines(env.log()))
                .hasSize(6)
                .contains("COLOUR=blue", "LC_ALL=C")
                .anyMatch(line -> line.startsWith("PATH="));
    }

    @Test
    void startedProgram_survivesTheProcessThatStartedItAndIsWatchedByTheNext() throws Exception {
        String said = NetnsFixture.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StartAndEnd.class.getName(),
                netns.name,
                directory.resolve("program.log").toString(),
                SLEEP.get(0),
                SLEEP.get(1)));
        long pid = Long.parseLong(said.lines()
                .filter(line -> line.startsWith("pid "))
                .findFirst()
                .orElseThrow()
                .substring(4));
        ProcessWatch watch = processes.watch(pid);
        assertThat(ProcessHandle.of(pid).orElseThrow().parent().map(ProcessHandle::pid))
                .as("a foreign process")
                .isNotEqualTo(java.util.Optional.of(ProcessHandle.current().pid()));
        assertThat(watch.ended().toCompletableFuture()).isNotDone();
        assertThat(watch.signal(ProcessSignal.KILL)).isTrue();
        done(watch.ended());
    }

    @Test
    void end_ofAnyWatchedProcess_isToldWithinMilliseconds() throws Exception {
        List<ProcessWatch> watches = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            watches.add(processes.watch(
                    done(processes.start(netns.name, program(SLEEP))).pid()));
        }
        long[] took = new long[watches.size()];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            watches.get(i).signal(ProcessSignal.KILL);
            done(watches.get(i).ended());
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took);
        System.out.printf(
                "netns: the end of a process is told after p50=%.2f ms max=%.2f ms (from the kill)%n",
                took[took.length / 2] / 1e6, took[took.length - 1] / 1e6);
        assertThat(took[took.length / 2]).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void watch_ofNoProcess_hasEndedAtOnce() throws Exception {
        ProcessWatch watch = processes.watch(4_194_305); // one more than the kernel's largest pid
        done(watch.ended());
        assertThat(watch.signal(ProcessSignal.TERM)).isFalse();
    }

    @Test
    void closedWatch_tellsNothingAndSendsNothing() throws Exception {
        StartedProgram sleep = done(processes.start(netns.name, program(SLEEP)));
        ProcessWatch closed = processes.watch(sleep.pid());
        closed.close();
        assertThatThrownBy(() -> closed.signal(ProcessSignal.KILL)).isInstanceOf(IllegalStateException.class);
        try (ProcessWatch open = processes.watch(sleep.pid())) {
            open.signal(ProcessSignal.KILL);
            done(open.ended());
        }
        assertThat(closed.ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void run_givesTheOutputAndTheStatusOfAProgramInTheNamespace() throws Exception {
        ProgramOutput good = done(processes.run(netns.name, List.of("/usr/bin/ip", "-o", "link"), SOON));
        assertThat(good.exitStatus()).isZero();
        assertThat(good.text()).contains("lo:").doesNotContain("eth");
        ProgramOutput bad =
                done(processes.run(netns.name, List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 3"), SOON));
        assertThat(bad).isEqualTo(new ProgramOutput(3, "out\nerr\n"));
    }

    @Test
    void run_thatTakesTooLong_isKilledWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        String script = "sleep 100 & echo $! > " + pid + "; wait";
        fails(
                processes.run(netns.name, List.of("/bin/sh", "-c", script), Duration.ofMillis(500)),
                NetnsException.class,
                "run /bin/sh in " + netns.name + ": ETIMEDOUT (killed after 500 ms)");
        ProcessWatch child =
                processes.watch(Long.parseLong(Files.readString(pid).strip()));
        done(child.ended());
    }

    @Test
    void programOrNamespaceThatIsNotThere_isNamed() {
        fails(
                processes.start(netns.name, program(List.of("/usr/sbin/no-such-haproxy"))),
                NetnsException.class,
                "start /usr/sbin/no-such-haproxy in " + netns.name + ": ENOENT (there is no such program)");
        fails(processes.run("l3d-tnone", SLEEP, SOON), NetnsException.class, "ENOENT (there is no such namespace)");
        fails(processes.run("../etc", SLEEP, SOON), IllegalArgumentException.class, "\"../etc\"");
        assertThatThrownBy(() -> program(List.of("haproxy"))).hasMessageContaining("absolute path");
    }

    @Test
    void stoppedService_answersSoAndLeavesProgramsAlone() throws Exception {
        StartedProgram sleep = done(processes.start(netns.name, program(SLEEP)));
        processes.close();
        fails(processes.start(netns.name, program(SLEEP)), IllegalStateException.class, "stopped");
        try (Processes next = new Processes()) {
            ProcessWatch watch = next.watch(sleep.pid());
            assertThat(watch.signal(ProcessSignal.KILL)).isTrue();
            done(watch.ended());
        }
    }
}
