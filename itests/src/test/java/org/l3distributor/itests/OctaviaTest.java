// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Octavia's own controller code against the distribution with the role amphora; see {@code octavia/run}. */
class OctaviaTest {
    private static final int LIMIT_MINUTES = 10;

    @Test
    void octaviasController_throughAWholeLife_findsAnAmphora() throws Exception {
        ProcessBuilder script =
                new ProcessBuilder("octavia/run", "--json", "target/octavia.json").redirectErrorStream(true);
        // Surefire sets it to the JVM of the tests, which would begin in another network namespace.
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process suite = script.start();
        suite.getOutputStream().close();
        // All that the script has started ends with it.
        suite.onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).whenComplete((ended, late) -> {
            if (late != null) {
                suite.destroyForcibly();
            }
        });
        List<String> wrong = new ArrayList<>();
        int passed = 0;
        try (BufferedReader lines = suite.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                if (line.startsWith("ok ")) {
                    passed++;
                } else {
                    wrong.add(line);
                }
            }
        }
        assertThat(suite.waitFor())
                .as("status of octavia/run: %s", String.join("\n", wrong))
                .isZero();
        assertThat(passed).as("checks that passed").isPositive();
    }
}
