// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands that {@code lab/run --keep} prints, in a lab of one empty host. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnterTest {
    /** Like lab/run: unshare below it, and below that the first process of the lab, which ends with its standard input. */
    private static final String LAB = """
            unshare --mount --net --pid --fork --kill-child=KILL --mount-proc -- bash -c '
                mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add lb1 && echo up
                read -r end || true' l3lab
            echo down
            """;

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private Process lab;

    @BeforeEach
    void begin() throws IOException {
        lab = new ProcessBuilder("bash", "-c", LAB).redirectErrorStream(true).start();
        assertThat(new BufferedReader(new InputStreamReader(lab.getInputStream(), UTF_8)).readLine())
                .isEqualTo("up");
    }

    @AfterEach
    void end() throws Exception {
        lab.getOutputStream().close();
        assertThat(lab.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private record Ended(int status, String said) {}

    private Ended enter(Path from, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(PROJECT.resolve("lab/enter").toString(), Long.toString(lab.pid())));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void aCommand_runsOnTheHost_whereItsCallerIs() throws Exception {
        assertThat(enter(PROJECT, "lb1", "ip", "-brief", "link").said()).startsWith("lo ");
        assertThat(enter(PROJECT, "lb1", "lab/console").said())
                .as("a script named from here")
                .contains("lab/console DATA [COMMAND...]");
        assertThat(enter(PROJECT.resolve("docs"), "lb1", "pwd").said().strip())
                .isEqualTo(PROJECT.resolve("docs").toString());
    }

    @Test
    void aHostThatIsNotThere_isToldWithThoseThatAre() throws Exception {
        Ended ended = enter(PROJECT, "lb9", "true");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.said()).contains("no host \"lb9\"; it has: lb1");
    }
}
