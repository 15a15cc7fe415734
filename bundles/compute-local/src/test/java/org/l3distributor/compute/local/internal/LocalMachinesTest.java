// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.compute.local.internal.Machine.Nic;
import org.l3distributor.compute.local.internal.Machine.Stage;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.net.IpAddress;

class LocalMachinesTest {
    private static final String A = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String B = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final Nic NIC =
            new Nic("port-1", "02:00:00:00:00:01", "net-1", List.of(IpAddress.parse("192.0.2.1")));

    @TempDir
    Path directory;

    private FakeProgram program;
    private LocalMachines machines;

    @BeforeEach
    void open() throws IOException {
        program = new FakeProgram(directory);
        machines = open(Duration.ofSeconds(10));
    }

    private LocalMachines open(Duration patience) throws IOException {
        return new LocalMachines(directory.resolve("machines"), program.program(patience), 2, "rack-1");
    }

    @AfterEach
    void close() throws Exception {
        program.recovers();
        for (Instance one : done(machines.list())) {
            done(machines.delete(one.amphoraId()));
        }
        machines.close();
    }

    @Test
    void machine_whoseProcessIsKilled_isInError() throws Exception {
        done(machines.create(spec(A, "/etc/file")));
        await(A, i -> i.state() == Instance.State.ACTIVE);
        process(A).destroyForcibly();
        assertThat(await(A, i -> i.state() == Instance.State.ERROR).fault()).contains("ended");
        assertThat(done(machines.delete(A))).isTrue();
    }

    @Test
    void driver_openedAgain_findsItsMachinesRunning() throws Exception {
        Instance made = done(machines.create(spec(A, "/etc/file")));
        await(A, i -> i.state() == Instance.State.ACTIVE);
        long pid = process(A).pid();
        done(machines.attach(A, port("port-2")));
        machines.close();
        machines = open(Duration.ofSeconds(10));
        Instance found = await(A, i -> i.state() == Instance.State.ACTIVE);
        assertThat(found.computeId()).isEqualTo(made.computeId());
        assertThat(found.portIds()).containsExactly("port-1", "port-2");
        assertThat(found.failureDomain()).isEqualTo("rack-1");
        assertThat(process(A).pid()).isEqualTo(pid);
    }

    @Test
    void driver_openedAfterOneThatDied_startsAndEndsWhatThatHadWrittenDown() throws Exception {
        done(machines.create(spec(B, "/etc/file")));
        await(B, i -> i.state() == Instance.State.ACTIVE);
        ProcessHandle running = process(B);
        machines.close();
        MachineFiles files = new MachineFiles(directory.resolve("machines"));
        files.create(new Machine(A, "c-1", Stage.MAKING, "rack-1", List.of(NIC), null), Map.of());
        files.replace(files.find(B).orElseThrow().at(Stage.ENDING, null));
        machines = open(Duration.ofSeconds(10));
        await(A, i -> i.state() == Instance.State.ACTIVE);
        running.onExit().get(10, TimeUnit.SECONDS);
        await(B);
    }

    @Test
    void machine_thatTheProgramCannotStart_isInErrorWithTheProgramsWords() throws Exception {
        program.becomes("fails");
        done(machines.create(spec(A, "/etc/file")));
        Instance failed = await(A, i -> i.state() == Instance.State.ERROR);
        assertThat(failed.fault()).contains("start: status 3: there is no room in the rack");
    }

    @Test
    void program_thatNeverEnds_isEndedAndTheMachineInError() throws Exception {
        machines.close();
        machines = open(Duration.ofMillis(300));
        program.becomes("hangs");
        done(machines.create(spec(A, "/etc/file")));
        assertThat(await(A, i -> i.state() == Instance.State.ERROR).fault()).contains("no end after");
    }

    @Test
    void delete_thatTheProgramCannotDo_isRefusedAndMayBeRepeated() throws Exception {
        done(machines.create(spec(A, "/etc/file")));
        await(A, i -> i.state() == Instance.State.ACTIVE);
        ProcessHandle running = process(A);
        program.becomes("fails");
        assertThat(refused(machines.delete(A)).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(done(machines.find(A)).orElseThrow().state()).isEqualTo(Instance.State.DELETED);
        program.recovers();
        assertThat(done(machines.delete(A))).isTrue();
        running.onExit().get(10, TimeUnit.SECONDS);
        assertThat(done(machines.list())).isEmpty();
        assertThat(directory.resolve("machines").resolve(A)).doesNotExist();
    }

    @Test
    void create_beyondTheCapacity_isAConflict() throws Exception {
        done(machines.create(spec(A, "/etc/file")));
        done(machines.create(spec(B, "/etc/file")));
        Refusal refusal = refused(machines.create(spec("c", "/etc/file")));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refusal.rule()).contains("2 of 2");
    }

    @Test
    void program_getsNetworkCardsAsWords_thatNoShellReads() throws Exception {
        done(machines.create(spec(A, "/etc/file")));
        done(machines.attach(A, port("$(id); *")));
        done(machines.detach(A, "$(id); *"));
        assertThat(program.calls())
                .containsExactly(
                        "start",
                        "  port-1",
                        "  02:00:00:00:00:01",
                        "  net-1",
                        "  192.0.2.1",
                        "plug",
                        "  $(id); *",
                        "  02:00:00:00:00:01",
                        "  net-1",
                        "  192.0.2.1",
                        "unplug",
                        "  $(id); *");
    }

    @Test
    void drive_isLaidOutAsNovaDoes_forItsOwnerOnly() throws Exception {
        done(machines.create(spec(A, "/etc/octavia/certs/server.pem")));
        Path drive = directory.resolve("machines").resolve(A).resolve("drive");
        assertThat(Files.readString(drive.resolve("openstack/latest/meta_data.json"), UTF_8))
                .contains("/etc/octavia/certs/server.pem");
        try (Stream<Path> all = Files.walk(directory.resolve("machines"))) {
            for (Path directories : all.filter(Files::isDirectory).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directories)))
                        .isEqualTo("rwx------");
            }
        }
    }

    private ProcessHandle process(String amphoraId) throws IOException {
        Path file = directory.resolve("machines").resolve(amphoraId).resolve("process");
        String pid = Files.readString(file, UTF_8).split(" ")[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static InstanceSpec spec(String amphoraId, String file) {
        return new InstanceSpec(
                amphoraId,
                "amphora-" + amphoraId,
                List.of(port("port-1")),
                Map.of(file, "content".getBytes(UTF_8)),
                null,
                false);
    }

    private static Port port(String id) {
        FixedIp ip = new FixedIp("sub-1", IpAddress.parse("192.0.2.1"));
        return new Port(id, "name", "net-1", "02:00:00:00:00:01", List.of(ip), "owner");
    }

    private Instance await(String amphoraId, Predicate<Instance> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            Instance found = done(machines.find(amphoraId)).orElseThrow();
            if (condition.test(found)) {
                return found;
            }
            assertThat(System.nanoTime()).as("still %s", found).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Until it is gone. */
    private void await(String amphoraId) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (done(machines.find(amphoraId)).isPresent()) {
            assertThat(System.nanoTime()).as("still there").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static <T> Refusal refused(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<T>) outcome).reasons().get(0);
    }
}
