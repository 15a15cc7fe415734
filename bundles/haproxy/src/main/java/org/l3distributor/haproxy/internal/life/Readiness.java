// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.l3distributor.haproxy.internal.files.StatsSocket;
import org.l3distributor.haproxy.internal.statistics.StatisticsReader;

/** Waits for a worker to answer: only then do its sockets listen. */
final class Readiness {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(4);
    private static final Duration ASK = Duration.ofMillis(500);
    /** What the master prints when a reload fails. The old worker then goes on, and nothing else tells of it. */
    private static final String LOADING_FAILED = "Loading failure";

    private static final int LONGEST_OUTPUT = 64 * 1024;

    private final Programs programs;
    private final ProcessTable processes;
    private final StatsSocket socket;
    private final Path output;

    Readiness(Programs programs, ProcessTable processes, StatsSocket socket, Path output) {
        this.programs = programs;
        this.processes = processes;
        this.socket = socket;
        this.output = output;
    }

    /** Empties the output. Who writes it appends, and goes on at its new end. */
    void forgetOutput() throws IOException {
        try (FileChannel file = FileChannel.open(output, StandardOpenOption.WRITE)) {
            file.truncate(0);
        } catch (NoSuchFileException e) {
            return; // nothing was printed yet
        }
    }

    /** How much the processes have printed so far; what is too much to keep is emptied. */
    long printed() throws IOException {
        try {
            if (Files.size(output) > LONGEST_OUTPUT) {
                forgetOutput();
            }
            return Files.size(output);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Waits for a worker of this master that isn't one of the old ones.
     *
     * @param from how much had been printed before
     * @return its pid
     * @throws IOException when there will be none, or not in time, with HAProxy's words
     */
    long await(long master, List<Long> old, long from, Duration limit) throws IOException {
        try (Programs.Watch watch = programs.watch(master)) {
            return await(master, old, from, limit, watch.ended().toCompletableFuture());
        }
    }

    /**
     * Waits for a master to be ready for a reload; it isn't for some milliseconds after the one before.
     *
     * @throws IOException when it has ended, or isn't ready in time
     */
    void awaitMaster(long master, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Programs.Watch watch = programs.watch(master)) {
            CompletableFuture<Instant> end = watch.ended().toCompletableFuture();
            while (!processes.hearsReload(master)) {
                if (ended(end)) {
                    throw new IOException("HAProxy has ended");
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "HAProxy's master isn't ready for a reload after " + limit.toSeconds() + " s");
                }
            }
        }
    }

    private long await(long master, List<Long> old, long from, Duration limit, CompletableFuture<Instant> end)
            throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended(end)) {
            OptionalLong worker = worker();
            if (worker.isPresent()
                    && !old.contains(worker.getAsLong())
                    && processes.workers(master).contains(worker.getAsLong())) {
                return worker.getAsLong();
            }
            if (!old.isEmpty() && words(from).contains(LOADING_FAILED)) {
                throw new IOException(words(from));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("no worker answered within " + limit.toSeconds() + " s\n" + words(from));
            }
        }
        String words = words(from);
        throw new IOException(words.isBlank() ? "HAProxy ended and said nothing" : words);
    }

    /** Who answers on the statistics socket; empty when nobody does. */
    private OptionalLong worker() {
        try {
            return StatisticsReader.workerPid(socket.ask("show info", ASK));
        } catch (IOException e) {
            return OptionalLong.empty(); // not yet: that is what is being waited for
        }
    }

    private static boolean ended(CompletableFuture<Instant> end) throws IOException {
        try {
            end.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("watching HAProxy: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for HAProxy", e);
        }
    }

    private String words(long from) throws IOException {
        try {
            byte[] all = Files.readAllBytes(output);
            int begin = (int) Math.max(Math.min(from, all.length), all.length - LONGEST_OUTPUT);
            return new String(Arrays.copyOfRange(all, begin, all.length), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
