// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.haproxy.internal.files.DurableFiles;
import org.l3distributor.haproxy.internal.files.Store;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.internal.Plumber;
import org.l3distributor.netns.internal.Processes;
import org.l3distributor.netns.internal.netlink.LinuxKernel;

/** A namespace with VIPs on its lo, a real HAProxy, and an engine over both; all of it is gone afterwards. */
final class EngineFixture implements AutoCloseable {
    static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    static final String LB = "11111111-1111-4111-8111-000000000001";
    static final String VIP = "203.0.113.10";
    static final IpAddress VIP_ADDRESS = IpAddress.parse(VIP);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final String namespace = "l3d-h" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    final Path base;
    final Store store;
    private final Processes processes = new Processes();
    private final Path state; // not below base, whose content is what tests look at
    private final Plumber plumber;
    final FaultyPrograms programs;
    Engine engine;

    EngineFixture(Path base) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root: network namespaces are made");
        assumeTrue(Files.exists(Path.of("/usr/sbin/haproxy")), "needs Debian's haproxy");
        this.base = base;
        this.store = new Store(base, base.resolve("certs"), "nogroup");
        run("ip", "netns", "add", namespace);
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "addr", "add", VIP + "/32", "dev", "lo");
        run("ip", "-n", namespace, "addr", "add", "2001:db8::10/128", "dev", "lo", "nodad");
        state = Files.createTempDirectory("l3-haproxy-test");
        plumber = new Plumber(new Plumber.Settings(namespace, false, state), LinuxKernel::new, Clock.systemUTC());
        done(plumber.open(namespace));
        programs = new FaultyPrograms(new NetnsPrograms(namespace, processes, plumber, plumber));
        engine = open("/usr/sbin/haproxy");
    }

    Engine open(String program) {
        HaproxyCommand command = new HaproxyCommand(program);
        return open(command, supervisor(command));
    }

    Supervisor supervisor(HaproxyCommand command) {
        return new OwnSupervisor(programs, new ProcessTable(), command, new HaproxyLog());
    }

    Engine open(HaproxyCommand command, Supervisor supervisor) {
        Threads threads = new Threads();
        Tools tools = new Tools(
                store,
                programs,
                new ProcessTable(),
                supervisor,
                command,
                Clock.systemUTC(),
                threads.pool(),
                threads.timer(),
                new HaproxyLog());
        return new Engine(tools, threads, Duration.ofMillis(500));
    }

    /** An appliance that was restarted. */
    void restart() {
        engine.close();
        engine = open("/usr/sbin/haproxy");
    }

    /** A configuration in the shape of a controller's, with one frontend per bind; each answers by itself. */
    String configuration(String lb, String... binds) {
        StringBuilder text =
                new StringBuilder("global\n    daemon\n    user nobody\n    group nogroup\n    stats socket "
                        + base.resolve(lb + ".sock") + " mode 0666 level user\n    server-state-file "
                        + store.files(lb).serversState() + "\n    maxconn 1000\n\ndefaults\n    retries 3\n\n");
        for (int i = 0; i < binds.length; i++) {
            text.append("frontend ")
                    .append(listener(i))
                    .append("\n    maxconn 1000\n    bind ")
                    .append(binds[i]);
            text.append("\n    mode http\n    timeout client 50000\n    http-request return status 200 content-type");
            text.append(" text/plain string \"served\\n\"\n\n");
        }
        return text.toString();
    }

    static String listener(int index) {
        return String.format("22222222-2222-4222-8222-%012d", index + 1);
    }

    UploadResult upload(String lb, String text) {
        return done(engine.upload(lb, AMPHORA, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Uploads and reloads, and both must work. */
    RunResult.Done take(String lb, String... binds) {
        UploadResult uploaded = upload(lb, configuration(lb, binds));
        if (!(uploaded instanceof UploadResult.Stored)) {
            throw new AssertionError(uploaded);
        }
        RunResult result = done(engine.reload(lb));
        if (result instanceof RunResult.Done done) {
            return done;
        }
        throw new AssertionError(result + "\n" + output(lb));
    }

    LoadBalancerState state(String lb) {
        return engine.snapshot().loadBalancer(lb).orElseThrow();
    }

    boolean serves() {
        return engine.snapshot().serves(VIP_ADDRESS);
    }

    String output(String lb) {
        try {
            return Files.readString(store.files(lb).output());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What a client inside the namespace gets. */
    String get(String address, int port) throws IOException {
        return new HostPrograms()
                .run(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                namespace,
                                "curl",
                                "-s",
                                "-m",
                                "5",
                                "-g",
                                "http://" + address + ":" + port + "/"),
                        Duration.ofSeconds(10))
                .output();
    }

    /** The sockets that take connections at port 80, by the kernel's number of each. */
    List<String> listeningSockets() throws IOException {
        return Pattern.compile("ino:\\d+")
                .matcher(run("ip", "netns", "exec", namespace, "ss", "-Hltne", "sport = :80"))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    void kill(String signal, long pid) throws IOException {
        run("kill", "-" + signal, Long.toString(pid));
    }

    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Waits for a condition; returns how long it took in nanoseconds. */
    long await(Duration atMost, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost + ": " + engine.snapshot());
            }
            LockSupport.parkNanos(200_000);
        }
        return System.nanoTime() - began;
    }

    static String run(String... command) throws IOException {
        Programs.Finished finished = new HostPrograms().run(List.of(command), Duration.ofSeconds(10));
        if (finished.status() != 0) {
            throw new IOException(List.of(command) + " -> " + finished.output());
        }
        return finished.output();
    }

    /** The processes that use this fixture's files, by pid: the masters and workers that it started. */
    List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.filter(
                            path -> path.getFileName().toString().matches("\\d+"))
                    .collect(Collectors.toList())) {
                try {
                    if (Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains(base + "/")) {
                        found.add(Long.parseLong(entry.getFileName().toString()));
                    }
                } catch (IOException e) {
                    continue; // it ended while we looked
                }
            }
        }
        found.remove(ProcessHandle.current().pid());
        return found;
    }

    @Override
    public void close() throws IOException {
        engine.close();
        plumber.close();
        processes.close();
        for (long pid : processes()) {
            new HostPrograms().run(List.of("kill", "-KILL", Long.toString(pid)), Duration.ofSeconds(5));
        }
        run("ip", "netns", "del", namespace);
        DurableFiles.removeTree(state);
    }
}
