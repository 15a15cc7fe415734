// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs beside this process, in its own network namespace. */
final class HostPrograms {
    /**
     * Runs a program to its end, and waits for that.
     *
     * @throws IOException when it can't be started, or takes longer than the limit; then it is killed
     */
    Programs.Finished run(List<String> command, Duration limit) throws IOException {
        Path output = Files.createTempFile("l3-haproxy", ".out");
        try {
            return run(command, limit, output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Programs.Finished run(List<String> command, Duration limit, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " didn't end within " + limit.toSeconds() + " s: "
                        + Files.readString(output, StandardCharsets.UTF_8));
            }
            return new Programs.Finished(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        }
    }
}
