// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system that a test asks for something. */
final class Command {
    private static final int LIMIT_SECONDS = 60;

    private Command() {}

    static String run(String... words) throws IOException, InterruptedException {
        return run(Path.of("."), List.of(words));
    }

    /** What the program said; an exception, with that text, unless it ended well and in time. */
    static String run(Path in, List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(words + ": not done after " + LIMIT_SECONDS + " s: " + said);
        }
        if (process.exitValue() != 0) {
            throw new IOException(words + ": status " + process.exitValue() + ": " + said);
        }
        return said;
    }
}
