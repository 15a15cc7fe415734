// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator's program, run to its end for each thing that it is to do. Words are arguments; no shell reads them. */
final class Program {
    private static final int SAID = 600; // characters of its last words that are told

    private final List<String> command;
    private final Duration patience;

    /** @param command the program and its first arguments */
    Program(List<String> command, Duration patience) {
        this.command = List.copyOf(command);
        this.patience = patience;
    }

    /**
     * @param verb start, stop, plug or unplug
     * @throws IOException when it can't be run, doesn't end in time, or ends with another status than 0: with its last words
     */
    void run(String verb, Path machine, List<String> words) throws IOException {
        List<String> argv = new ArrayList<>(command);
        argv.add(verb);
        argv.add(machine.toString());
        argv.addAll(words);
        Path said =
                Files.createTempFile(machine, verb, ".out"); // a file, since what it starts may keep its output open
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            if (!ended(process)) {
                process.destroyForcibly();
                throw new IOException(
                        command.get(0) + " " + verb + ": no end after " + patience.toSeconds() + " s" + words(said));
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " " + verb + ": status " + process.exitValue() + words(said));
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private boolean ended(Process process) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + ": interrupted", e);
        }
    }

    private static String words(Path said) throws IOException {
        String text = new String(Files.readAllBytes(said), UTF_8).strip().replace('\n', ' ');
        return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - SAID));
    }
}
