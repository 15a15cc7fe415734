// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/** With an executable in systemctl's place that writes down how it is called, and answers what the test says. */
class SystemdSupervisorTest {
    private static final String UNIT = "l3-haproxy@lb.service";

    @TempDir
    Path directory;

    private SystemdSupervisor supervisor;
    private LoadBalancerFiles files;

    @BeforeEach
    void fake() throws IOException {
        Path systemctl = directory.resolve("systemctl");
        Files.writeString(systemctl, "#!/bin/sh\necho \"$@\" >> " + directory + "/calls\n. " + directory + "/answer\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        supervisor = new SystemdSupervisor(new HostPrograms(), systemctl.toString());
        files = new LoadBalancerFiles("lb", directory, directory.resolve("certs"));
        answer("case $1 in show) echo 4711;; esac");
    }

    private void answer(String shell) throws IOException {
        Files.writeString(directory.resolve("answer"), shell + "\n");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    @Test
    void start_startsTheUnitOfTheLoadBalancerAndAsksForItsMaster() throws IOException {
        assertThat(supervisor.start(files, "peer")).isEqualTo(4711);
        assertThat(calls()).containsExactly("start " + UNIT, "show --property=MainPID --value " + UNIT);
    }

    @Test
    void start_thatSystemdRefuses_failsInItsWords() throws IOException {
        answer("echo 'Job for " + UNIT + " failed.' >&2; exit 1");
        assertThatThrownBy(() -> supervisor.start(files, "peer"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Job for " + UNIT + " failed.")
                .hasMessageContaining("ended with 1");
    }

    @Test
    void start_afterWhichNothingRuns_fails() throws IOException {
        answer("case $1 in show) echo 0;; esac");
        assertThatThrownBy(() -> supervisor.start(files, "peer"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no main process");
    }

    @Test
    void reloadAndStop_callSystemctl() throws IOException {
        supervisor.reload(files, 4711);
        supervisor.stop(files, 4711);
        assertThat(calls()).containsExactly("reload " + UNIT, "stop " + UNIT);
    }

    @Test
    void master_isTheMainProcessOrNone() throws IOException {
        assertThat(supervisor.master(files)).hasValue(4711);
        answer("echo 0");
        assertThat(supervisor.master(files)).isEmpty();
        answer("echo nonsense");
        assertThatThrownBy(() -> supervisor.master(files)).hasMessageContaining("nonsense");
    }

    @Test
    void systemctl_thatIsNotThere_isNamed() {
        SystemdSupervisor without = new SystemdSupervisor(new HostPrograms(), "/usr/bin/no-systemctl");
        assertThatThrownBy(() -> without.master(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/usr/bin/no-systemctl");
    }

    @Test
    void unit_ofTheDistribution_isAGoodOneAndUsesOurFiles() throws IOException {
        Path unit = Path.of("../../assembly/src/main/resources/systemd/l3-haproxy@.service")
                .toAbsolutePath()
                .normalize();
        String text = Files.readString(unit);
        LoadBalancerFiles there =
                new LoadBalancerFiles("%i", Path.of("/var/lib/octavia"), Path.of("/var/lib/octavia/certs"));
        String serve = String.join(" ", new HaproxyCommand("/usr/sbin/haproxy").serve(there, "${PEER}"));
        assertThat(text)
                .contains("\nExecStart=" + serve + "\n")
                .contains("\nEnvironmentFile=" + there.environment() + "\n")
                .contains("\nStandardError=append:" + there.output() + "\n");
        assumeTrue(Files.exists(Path.of("/usr/bin/systemd-analyze")), "needs systemd to verify the unit");
        Programs.Finished verified =
                new HostPrograms().run(List.of("systemd-analyze", "verify", unit.toString()), Duration.ofSeconds(60));
        assertThat(verified.output()).isEmpty();
        assertThat(verified.status()).isZero();
    }
}
