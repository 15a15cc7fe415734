// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code heartbeats/ask-octavia.py} with the system's own Python, where python3-octavia is. */
final class Octavia {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path MODULE = Path.of("/usr/lib/python3/dist-packages/octavia/amphorae");

    private Octavia() {}

    static List<String> run(Path directory, List<String> input, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PYTHON) && Files.isDirectory(MODULE), "needs Debian's python3-octavia");
        Path script = directory.resolve("ask-octavia.py");
        try (InputStream in = Octavia.class.getResourceAsStream("/heartbeats/ask-octavia.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path lines = Files.write(directory.resolve("in"), input);
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(lines.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(errors, StandardCharsets.UTF_8))
                .isTrue();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
