// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A host whose init is Debian's systemd, with the appliance installed as the README says. Its network is the one of the
 * tests; its file system is its own, in memory, but for {@code /usr} and what is passed in.
 */
final class Systemd implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(1);
    private static final int IMPOSSIBLE = 77;
    private static final Duration SHUTDOWN = Duration.ofMinutes(1);

    private final Path directory;
    private final Path home;
    private final Process container;

    /**
     * Boots it; the appliance isn't started yet. The test is skipped where control groups can't be made.
     *
     * @param directory of its own
     * @param home the distribution, as unpacked
     * @param roles empty: what the unit has by itself
     * @param places what it has from outside, "FROM:TO"
     */
    Systemd(Path directory, Path home, String roles, List<String> places) throws Exception {
        this.directory = directory;
        this.home = home;
        Path etc = Files.createDirectories(directory.resolve("etc"));
        // Known names, so that nothing asks the network; an id, without which it would enable whatever is installed.
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost l3d-booted\n");
        Files.writeString(etc.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
        Files.writeString(
                Files.createDirectories(etc.resolve("default")).resolve("l3-distributor"),
                "JAVA_HOME=" + System.getProperty("java.home") + "\n");
        Path units = Files.createDirectories(etc.resolve("systemd/system"));
        install("l3-distributor.service", units);
        install("l3-haproxy@.service", units);
        install("sysusers.conf", Files.createDirectories(etc.resolve("sysusers.d")));
        if (roles.contains("amphora")) {
            Path more = Files.createDirectories(units.resolve("l3-distributor.service.d"));
            install("l3-distributor.service.d/amphora.conf", more);
            Files.writeString(more.resolve("roles.conf"), "[Service]\nEnvironment=L3D_ROLES=" + roles + "\n");
        }
        if (roles.equals("controller")) {
            install("controller.conf", Files.createDirectories(units.resolve("l3-distributor.service.d")));
        }
        // ten times as impatient as shipped
        Files.writeString(
                Files.createDirectories(units.resolve("l3-distributor.service.d"))
                        .resolve("watchdog.conf"),
                "[Service]\nWatchdogSec=6\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of("src/test/bin/booted").toAbsolutePath().toString(), directory.toString(), home.toString()));
        command.addAll(places);
        container = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console").toFile())
                .start();
        Await.until(
                "systemd is up",
                BOOT,
                () -> !container.isAlive() || Files.exists(init()) && isRunning(),
                this::consoleText);
        if (!container.isAlive() && container.exitValue() == IMPOSSIBLE) {
            throw new TestAbortedException(consoleText());
        }
        if (!container.isAlive()) {
            throw new IOException("booted ended with " + container.exitValue() + ": " + consoleText());
        }
    }

    private void install(String name, Path into) throws IOException {
        Path from = home.resolve("systemd").resolve(name);
        Files.copy(from, into.resolve(from.getFileName()));
    }

    private Path init() {
        return directory.resolve("init");
    }

    private boolean isRunning() throws InterruptedException {
        try {
            return List.of("running", "degraded")
                    .contains(run("sh", "-c", "systemctl is-system-running || true")
                            .strip());
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A command on the host; what it said. */
    String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--all", "--target", Files.readString(init()).strip(), "--"));
        command.addAll(Arrays.asList(words));
        return Command.run(directory, command);
    }

    /** A property of a unit, as {@code systemctl show} names it. */
    String show(String unit, String property) throws IOException, InterruptedException {
        return run("systemctl", "show", "--value", "--property=" + property, unit)
                .strip();
    }

    /** What the host's journal has of a unit, and what its console showed. */
    String told(String unit) throws IOException, InterruptedException {
        return run("journalctl", "--no-pager", "--lines=40", "--unit=" + unit) + consoleText();
    }

    private String consoleText() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("console"))) {
            return String.join("\n", lines.toList());
        }
    }

    /** Shuts the host down. */
    @Override
    public void close() throws IOException, InterruptedException {
        container.destroy();
        if (!container.waitFor(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
            container.destroyForcibly();
            throw new IOException("the host isn't shut down after " + SHUTDOWN.toSeconds() + " s: " + consoleText());
        }
    }
}
