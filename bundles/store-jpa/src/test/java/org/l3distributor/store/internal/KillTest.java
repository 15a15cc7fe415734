// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.model.Registration;

/** kill -9 of a writing process, then open at once: every acknowledged step is there. -Dstore.kills=N for more. */
class KillTest {
    private static final int KILLS = Integer.getInteger("store.kills", 10);
    private static final long SEED = Long.getLong("store.seed", 20260101L);

    @TempDir
    Path directory;

    @Test
    void kill_whileWriting_losesNothingAcknowledged() throws Exception {
        Random random = new Random(SEED);
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = writeAndKill(next, 1 + random.nextInt(200));
            Set<Registration> found = found();
            assertThat(found)
                    .as("kill %d, last acknowledged step %d, seed %d", kill, acknowledged, SEED)
                    .isIn(after(acknowledged), after(acknowledged + 1));
            next = found.equals(after(acknowledged)) ? acknowledged + 1 : acknowledged + 2;
        }
    }

    /** Answers the last acknowledged step, read from the pipe to its end: what was said before the kill counts. */
    private int writeAndKill(int first, int acknowledgements) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(first),
                        Integer.toString(Integer.MAX_VALUE / 2))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = first - 1;
        int seen = -1;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (seen++ >= 0 && !line.isEmpty()) {
                    last = Integer.parseInt(line);
                }
                if (seen == acknowledgements) {
                    child.toHandle().destroyForcibly(); // SIGKILL; the Process itself would close the pipe
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(seen).as("the child wrote").isGreaterThanOrEqualTo(acknowledgements);
        return last;
    }

    private Set<Registration> found() throws Exception {
        try (JpaStore store = JpaStore.open(directory)) {
            return new HashSet<>(store.registrations());
        }
    }

    private static Set<Registration> after(int lastStep) {
        Set<Registration> expected = new HashSet<>();
        for (int step = 0; step <= lastStep; step++) {
            expected.add(Wishes.nth(step));
            if (WritingProcess.removes(step)) {
                expected.remove(Wishes.nth(step - 2));
            }
        }
        return Set.copyOf(expected);
    }

    @Test
    void steps_ofTheWritingProcess_addAndRemove() {
        assertThat(after(2)).isEqualTo(Set.copyOf(List.of(Wishes.nth(1), Wishes.nth(2))));
    }
}
