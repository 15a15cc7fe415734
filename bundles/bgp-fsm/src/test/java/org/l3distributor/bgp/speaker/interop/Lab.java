// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two network namespaces with a wire between them: one for a router, one for our speaker. */
final class Lab implements AutoCloseable {
    static final String ROUTER4 = "10.10.0.1";
    static final String ROUTER6 = "2001:db8:a::1";
    static final String SPEAKER4 = "10.10.0.2";
    static final String SPEAKER6 = "2001:db8:a::2";
    static final String ROUTER_LOOPBACK = "10.99.0.1";
    static final String SPEAKER_LOOPBACK = "10.99.0.2";

    /** The shell commands that make the fabric; R and S stand for the namespaces. */
    private static final String FABRIC = """
            ip netns add R
            ip netns add S
            ip -n R link set lo up
            ip -n S link set lo up
            ip -n R link add r0 type veth peer name s0 netns S
            ip -n R addr add 10.10.0.1/24 dev r0
            ip -n R addr add 10.20.0.1/24 dev r0
            ip -n R addr add 2001:db8:a::1/64 dev r0 nodad
            ip -n R addr add 2001:db8:f::1/64 dev r0 nodad
            ip -n R addr add 10.99.0.1/32 dev lo
            ip -n S addr add 10.10.0.2/24 dev s0
            ip -n S addr add 10.10.0.3/24 dev s0
            ip -n S addr add 10.10.0.4/24 dev s0
            ip -n S addr add 2001:db8:a::2/64 dev s0 nodad
            ip -n S addr add 10.99.0.2/32 dev lo
            ip -n R link set r0 up
            ip -n S link set s0 up
            ip -n R route add 10.99.0.2/32 via 10.10.0.2
            ip -n S route add 10.99.0.1/32 via 10.10.0.1
            """;

    final String router;
    final String speaker;
    final Path directory;
    private final List<Process> processes = new ArrayList<>();

    Lab() throws IOException, InterruptedException {
        assertThat(System.getProperty("user.name"))
                .as("network namespaces belong to root: run this test as root")
                .isEqualTo("root");
        long pid = ProcessHandle.current().pid();
        router = "l3r" + pid;
        speaker = "l3s" + pid;
        directory = Files.createTempDirectory("l3-interop");
        for (String line : FABRIC.lines().toList()) {
            run(Arrays.stream(line.split(" "))
                    .map(word -> word.equals("R") ? router : word.equals("S") ? speaker : word)
                    .toArray(String[]::new));
        }
    }

    /** Starts a process in a namespace; it ends with the lab. */
    Process start(String namespace, String name, String... command) throws IOException {
        Process process = new ProcessBuilder(inside(namespace, command))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .start();
        processes.add(process);
        return process;
    }

    static List<String> inside(String namespace, String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(List.of(command));
        return words;
    }

    /** Runs a command in a namespace; gives what it says, whatever its exit status. */
    String ask(String namespace, String... command) throws IOException, InterruptedException {
        return output(inside(namespace, command)).text();
    }

    /** What a file of the lab holds, for the message of a test that fails. */
    String log(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "(no " + name + ")";
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Output output = output(List.of(command));
        assertThat(output.status())
                .as(String.join(" ", command) + ": " + output.text())
                .isZero();
    }

    private record Output(int status, String text) {}

    private static Output output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        return new Output(process.exitValue(), text);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        run("ip", "netns", "del", router);
        run("ip", "netns", "del", speaker);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
