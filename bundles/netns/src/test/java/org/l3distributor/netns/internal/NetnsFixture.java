// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A namespace name of this test's own, `ip` to look at it from outside, and its removal. */
final class NetnsFixture implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name = "l3d-t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    NetnsFixture() {
        assumeTrue(
                Path.of("/proc/self/ns/net").toFile().exists() && "root".equals(System.getProperty("user.name")),
                "needs root: network namespaces are made");
        assumeTrue(
                List.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").stream().anyMatch(p -> Files.exists(Path.of(p))),
                "needs iproute2: `ip` looks from outside");
    }

    /** Runs `ip` with these words and returns what it says. */
    String ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        return run(command);
    }

    /** Runs `ip` inside the namespace. */
    String inside(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(words));
        return run(command);
    }

    String sysctl(String path) throws IOException, InterruptedException {
        return run(List.of("ip", "netns", "exec", name, "cat", "/proc/sys/" + path))
                .strip();
    }

    void writeSysctl(String path, String value) throws IOException, InterruptedException {
        run(List.of("ip", "netns", "exec", name, "sh", "-c", "echo " + value + " > /proc/sys/" + path));
    }

    /** Runs a command that must succeed within ten seconds of its last word; returns what it says. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + " -> " + said);
        }
        return said;
    }

    /** Whether lo has this address, seen from outside. */
    boolean onLo(String address) throws IOException, InterruptedException {
        return inside("-o", "addr", "show", "dev", "lo").contains(" " + address + " ");
    }

    /** Waits for a condition; returns how long it took in nanoseconds. */
    static long await(Duration atMost, BooleanSupplier condition, Supplier<Object> otherwise) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost + ": " + otherwise.get());
            }
            LockSupport.parkNanos(200_000);
        }
        return System.nanoTime() - began;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (ip("netns", "list").lines().anyMatch(line -> line.split(" ")[0].equals(name))) {
            ip("netns", "del", name);
        }
    }
}
