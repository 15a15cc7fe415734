// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a /proc that the test made. */
class ProcessTableTest {
    private static final Path PID_FILE = Path.of("/var/lib/octavia/lb/lb.pid");

    @TempDir
    Path proc;

    private void process(long pid, long parent, String name, String... words) throws IOException {
        Path entry = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(entry.resolve("cmdline"), String.join("\0", words) + (words.length == 0 ? "" : "\0"));
        Files.createSymbolicLink(entry.resolve("exe"), Path.of(words.length == 0 ? "/none" : words[0]));
        Files.writeString(entry.resolve("stat"), pid + " (" + name + ") S " + parent + " 1 1 0");
    }

    @Test
    void master_isTheOneWithOurPidFileThatIsNobodysWorker() throws IOException {
        String[] ours = {"/usr/sbin/haproxy", "-Ws", "-f", "x", "-p", PID_FILE.toString(), "-L", "peer"};
        process(20, 1, "haproxy) S 21 (", ours);
        process(21, 20, "haproxy", ours);
        process(9, 1, "haproxy", "/usr/sbin/haproxy", "-Ws", "-p", "/var/lib/octavia/other/other.pid");
        process(8, 1, "vi", "vi", PID_FILE.toString());
        process(7, 1, "haproxy", "haproxy", "-c", "-p", PID_FILE.toString());
        process(6, 1, "zombie");
        assertThat(new ProcessTable(proc).master(PID_FILE)).hasValue(20);
        Files.writeString(proc.resolve("20/cmdline"), ""); // while it executes itself anew
        assertThat(new ProcessTable(proc).master(PID_FILE)).hasValue(20);
        assertThat(new ProcessTable(proc).master(Path.of("/none.pid"))).isEmpty();
    }

    @Test
    void master_thatThePidFileNames_needsToBeOne(@TempDir Path directory) throws IOException {
        Path pidFile = directory.resolve("lb.pid");
        process(20, 1, "haproxy", "/usr/sbin/haproxy", "-Ws", "-p", pidFile.toString());
        process(30, 1, "vi", "vi", "x");
        Files.writeString(pidFile, "20\n");
        assertThat(new ProcessTable(proc).master(pidFile)).hasValue(20);
        Files.writeString(pidFile, "30\n"); // the number was given to somebody else
        assertThat(new ProcessTable(proc).master(pidFile)).hasValue(20);
        Files.writeString(pidFile, "nonsense");
        assertThat(new ProcessTable(proc).master(pidFile)).hasValue(20);
    }

    @Test
    void hearsReload_isWhetherSigusr2IsCaught() throws IOException {
        Path entry = Files.createDirectory(proc.resolve("20"));
        Files.writeString(entry.resolve("status"), "Name:\thaproxy\nSigCgt:\t0000000000014a07\n");
        assertThat(new ProcessTable(proc).hearsReload(20)).isTrue();
        Files.writeString(entry.resolve("status"), "Name:\thaproxy\nSigCgt:\t0000000000014207\n");
        assertThat(new ProcessTable(proc).hearsReload(20)).isFalse();
        assertThat(new ProcessTable(proc).hearsReload(99)).isFalse();
    }

    @Test
    void isOfUnit_isWhetherItsControlGroupIsTheUnits() throws IOException {
        Path entry = Files.createDirectory(proc.resolve("20"));
        String unit = "l3-haproxy@lb-1.service";
        Files.writeString(entry.resolve("cgroup"), "0::/system.slice/system-l3\\x2dhaproxy.slice/" + unit + "\n");
        assertThat(new ProcessTable(proc).isOfUnit(20, unit)).isTrue();
        assertThat(new ProcessTable(proc).isOfUnit(20, "l3-haproxy@lb-2.service"))
                .isFalse();
        Files.writeString(entry.resolve("cgroup"), "0::/system.slice/l3-distributor.service\n");
        assertThat(new ProcessTable(proc).isOfUnit(20, unit)).isFalse();
        assertThat(new ProcessTable(proc).isOfUnit(99, unit)).isFalse();
    }

    @Test
    void workers_areTheChildrenOfTheMaster() throws IOException {
        Path tasks = Files.createDirectories(proc.resolve("20/task/20"));
        Files.writeString(tasks.resolve("children"), "21 22 ");
        assertThat(new ProcessTable(proc).workers(20)).containsExactly(21L, 22L);
        Files.writeString(tasks.resolve("children"), "");
        assertThat(new ProcessTable(proc).workers(20)).isEmpty();
        assertThat(new ProcessTable(proc).workers(99)).isEmpty();
    }
}
