// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/** Two supervisors that write down what they are told, and a /proc that the test made. */
class HoldingSupervisorTest {
    private static final long OURS = 20;
    private static final long SYSTEMDS = 30;

    @TempDir
    Path directory;

    private final List<String> calls = new ArrayList<>();
    private OptionalLong found = OptionalLong.empty();
    private OptionalLong main = OptionalLong.empty();
    private final Supervisor own = new Noting("own");
    private final Supervisor systemd = new Noting("systemd");
    private LoadBalancerFiles files;

    private final class Noting implements Supervisor {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public long start(LoadBalancerFiles of, String peer) {
            calls.add(name + " start");
            return 1;
        }

        @Override
        public void reload(LoadBalancerFiles of, long master) {
            calls.add(name + " reload " + master);
        }

        @Override
        public void stop(LoadBalancerFiles of, long master) {
            calls.add(name + " stop " + master);
        }

        @Override
        public OptionalLong master(LoadBalancerFiles of) {
            return name.equals("own") ? found : main;
        }
    }

    @BeforeEach
    void processes() throws IOException {
        files = new LoadBalancerFiles("lb", directory, directory.resolve("certs"));
        group(OURS, "l3-distributor.service");
        group(SYSTEMDS, "l3-haproxy@lb.service");
    }

    private void group(long pid, String unit) throws IOException {
        Path entry = Files.createDirectory(directory.resolve(Long.toString(pid)));
        Files.writeString(entry.resolve("cgroup"), "0::/system.slice/" + unit + "\n");
    }

    private Supervisor startedBy(Supervisor starter) {
        return new HoldingSupervisor(starter, own, systemd, new ProcessTable(directory));
    }

    @Test
    void oneThatTheApplianceStartedItself_isFoundAndGoneOnWith_afterTheSettingsSaySystemd() throws IOException {
        found = OptionalLong.of(OURS);
        Supervisor moved = startedBy(systemd);
        assertThat(moved.master(files)).as("systemd knows none").hasValue(OURS);
        moved.reload(files, OURS);
        moved.stop(files, OURS);
        found = OptionalLong.empty();
        assertThat(moved.master(files)).isEmpty();
        moved.start(files, "peer");
        assertThat(calls).containsExactly("own reload 20", "own stop 20", "systemd start");
    }

    @Test
    void oneThatSystemdHolds_isStoppedBySystemd_whichWouldStartItAgainOtherwise() throws IOException {
        found = OptionalLong.of(SYSTEMDS);
        Supervisor moved = startedBy(own);
        assertThat(moved.master(files)).hasValue(SYSTEMDS);
        moved.reload(files, SYSTEMDS);
        moved.stop(files, SYSTEMDS);
        moved.start(files, "peer");
        assertThat(calls).containsExactly("systemd reload 30", "systemd stop 30", "own start");
    }

    @Test
    void oneOfAnOperatorsUnit_whoseCommandLineIsntOurs_isKnownToSystemd() throws IOException {
        main = OptionalLong.of(SYSTEMDS);
        assertThat(startedBy(systemd).master(files)).hasValue(SYSTEMDS);
        assertThat(startedBy(own).master(files)).isEmpty();
    }
}
