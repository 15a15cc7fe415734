// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivenessTest {
    @TempDir
    Path directory;

    private boolean alive(String file, String stat) throws IOException {
        Path proc = directory.resolve("proc");
        Files.createDirectories(proc.resolve("42"));
        Files.writeString(proc.resolve("42/stat"), stat, UTF_8);
        Files.writeString(directory.resolve("process"), file, UTF_8);
        return Liveness.alive(directory, proc);
    }

    private static String stat(String name, String state, long start) {
        return "42 (" + name + ") " + state + " 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 " + start + " 1 1";
    }

    @Test
    void process_ofThatPidAndStart_lives() throws IOException {
        assertThat(alive("42 777\n", stat("unshare", "S", 777))).isTrue();
    }

    @Test
    void process_whoseNameLooksLikeFields_lives() throws IOException {
        assertThat(alive("42 777\n", stat("a) Z 1 (b", "S", 777))).isTrue();
    }

    @Test
    void process_thatStartedAtAnotherTime_isSomebodyElse() throws IOException {
        assertThat(alive("42 777\n", stat("unshare", "S", 778))).isFalse();
    }

    @Test
    void process_thatHasEndedAndIsNotWaitedFor_isDead() throws IOException {
        assertThat(alive("42 777\n", stat("unshare", "Z", 777))).isFalse();
    }

    @Test
    void machine_withoutAFileOrWithAnotherText_isDead() throws IOException {
        assertThat(Liveness.alive(directory, directory)).isFalse();
        assertThat(alive("../../etc 777\n", stat("unshare", "S", 777))).isFalse();
        assertThat(alive("43 777\n", stat("unshare", "S", 777))).isFalse();
    }

    @Test
    void thisProcess_lives() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), UTF_8);
        String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        Files.writeString(directory.resolve("process"), ProcessHandle.current().pid() + " " + start + "\n", UTF_8);
        assertThat(Liveness.alive(directory)).isTrue();
    }
}
