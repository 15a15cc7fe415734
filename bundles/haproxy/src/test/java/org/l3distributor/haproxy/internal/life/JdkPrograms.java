// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.net.IpAddress;

/** {@link Programs} with what a Debian system brings: {@code ip netns exec}, {@code ss}, {@code kill}. */
final class JdkPrograms implements Programs {
    private final String namespace;
    private final HostPrograms host = new HostPrograms();

    JdkPrograms(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public long start(List<String> command, Path output) throws IOException {
        requireProgram(command);
        return new ProcessBuilder(inside(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start()
                .pid();
    }

    @Override
    public Finished run(List<String> command, Duration limit) throws IOException {
        requireProgram(command);
        return host.run(inside(command), limit);
    }

    private static void requireProgram(List<String> command) throws IOException {
        if (!Path.of(command.get(0)).toFile().canExecute()) {
            throw new IOException(command.get(0) + ": No such file or directory");
        }
    }

    private List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }

    @Override
    public Watch watch(long pid) {
        CompletableFuture<Void> end = ProcessHandle.of(pid)
                .map(handle -> handle.onExit().thenApply(done -> (Void) null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        return new Watch() {
            @Override
            public CompletionStage<Void> ended() {
                return end;
            }

            @Override
            public void close() {
                end.cancel(false);
            }
        };
    }

    @Override
    public void signal(long pid, Signal signal) throws IOException {
        host.run(List.of("kill", "-" + signal, Long.toString(pid)), Duration.ofSeconds(5));
    }

    @Override
    public Set<Bind> listening() throws IOException {
        Set<Bind> seen = new HashSet<>();
        String all = host.run(List.of("ip", "netns", "exec", namespace, "ss", "-Hltn"), Duration.ofSeconds(5))
                .output();
        for (String line : all.lines().toList()) {
            String local = line.split("\\s+")[3];
            int colon = local.lastIndexOf(':');
            String address =
                    local.substring(0, colon).replace("[", "").replace("]", "").replace("*", "::");
            seen.add(new Bind(IpAddress.parse(address), Integer.parseInt(local.substring(colon + 1))));
        }
        return seen;
    }

    @Override
    public Optional<Set<IpAddress>> addresses() {
        try {
            Set<IpAddress> seen = new HashSet<>();
            String all = host.run(List.of("ip", "-n", namespace, "-o", "addr"), Duration.ofSeconds(5))
                    .output();
            for (String line : all.lines().toList()) {
                seen.add(IpAddress.parse(line.strip().split("\\s+")[3].split("/")[0]));
            }
            return Optional.of(seen);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Path namespace() {
        return Path.of("/run/netns", namespace);
    }
}
