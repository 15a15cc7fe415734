// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One appliance as an operator runs it: bin/l3-distributor as a process, on a data directory that outlives it. */
final class Appliance implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    /** The distribution, as unpacked. */
    static final Path HOME = unpacked();

    private final Path data;
    private final Path drive;
    private final String roles;
    /** Where it says that it answers. */
    private final Path announcement;

    private Process process;

    Appliance(Path data, Path drive, String roles) throws IOException {
        this.data = data;
        this.drive = drive;
        this.roles = roles;
        announcement = data.resolve(roles.equals("controller") ? "run/controller" : "run/https");
        listenElsewhere(data);
    }

    /** Leaves port 179 to the router, which is on the same host. */
    static void listenElsewhere(Path data) throws IOException {
        Files.writeString(
                Files.createDirectories(data.resolve("etc")).resolve("org.l3distributor.agent.cfg"),
                "bgp.listen.port = " + Drive.LISTEN_PORT + "\n");
    }

    /** The distribution as built, beside the archive's last tests. */
    private static Path unpacked() {
        Path archive = Path.of(System.getProperty("l3d.distribution"));
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target/distribution")), "home");
            // as below /opt: anybody may read it
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "--strip-components=1")
                    .directory(home.toFile())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IOException("tar of " + archive + ": status " + tar.exitValue());
            }
            return home.toAbsolutePath();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the distribution can't be unpacked", e);
        }
    }

    /** Starts the process, which does not outlive this one; {@link #awaitReady} waits until REST answers. */
    void start() throws IOException {
        Files.deleteIfExists(announcement);
        ProcessBuilder builder = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", HOME + "/bin/l3-distributor")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("out.txt").toFile());
        builder.environment().put("L3D_DATA", data.toString());
        builder.environment().put("L3D_CONFIG_DRIVE", drive.toString());
        builder.environment().put("L3D_ROLES", roles);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process = builder.start();
    }

    void awaitReady() throws Exception {
        Await.until(
                "the appliance answers",
                START_LIMIT,
                () -> !process.isAlive() || Files.exists(announcement),
                this::lastLines);
        if (!process.isAlive()) {
            throw new AssertionError("the appliance ended with " + process.exitValue() + ": " + lastLines());
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Like a power cut for the process: no farewell to anybody. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, and no look at what comes of it. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM; gives the exit status. */
    int stop() throws InterruptedException {
        terminate();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the appliance did not stop within 30 s of SIGTERM");
        }
        return process.exitValue();
    }

    /** What a command of the console said, and how it ended. */
    record Said(int status, String text) {}

    Said console(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(HOME + "/bin/l3-console", command).redirectErrorStream(true);
        builder.environment().put("L3D_DATA", data.toString());
        Process ssh = builder.start();
        ssh.getOutputStream().close();
        String text = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(ssh.waitFor(), text);
    }

    /** The files of etc that the running process has written, and not the launcher before it. */
    List<Path> settingsWrittenByItself() throws IOException {
        FileTime began = Files.getLastModifiedTime(data.resolve("run/console-port"));
        List<Path> written = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data.resolve("etc"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // a list of names for other people's features, which a first start adds
                boolean known = file.endsWith("org.apache.karaf.features.repos.cfg");
                if (!known && Files.getLastModifiedTime(file).compareTo(began) > 0) {
                    written.add(file);
                }
            }
        }
        return written;
    }

    /** A file of the imported config drive, which is the truth once it was imported. */
    Path imported(String name) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("config"))) {
            return files.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
        }
    }

    List<String> log() throws IOException {
        Path log = data.resolve("log/appliance.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Object lastLines() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(data.resolve("out.txt")));
        lines.addAll(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    }

    @Override
    public void close() {
        if (isAlive()) {
            process.toHandle().destroyForcibly();
        }
    }
}
