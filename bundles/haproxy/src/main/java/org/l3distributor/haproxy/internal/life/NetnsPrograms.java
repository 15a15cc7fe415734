// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NamespaceProcesses;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceSockets;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.ProcessSignal;
import org.l3distributor.netns.ProcessWatch;
import org.l3distributor.netns.Program;
import org.l3distributor.netns.ProgramOutput;
import org.l3distributor.netns.VipPlumber;

/** {@link Programs} over the bundle that knows namespaces. */
final class NetnsPrograms implements Programs {
    private static final Duration KERNEL = Duration.ofSeconds(5);

    private final String namespace;
    private final NamespaceProcesses processes;
    private final NamespaceSockets sockets;
    private final VipPlumber plumber;

    NetnsPrograms(String namespace, NamespaceProcesses processes, NamespaceSockets sockets, VipPlumber plumber) {
        this.namespace = namespace;
        this.processes = processes;
        this.sockets = sockets;
        this.plumber = plumber;
    }

    @Override
    public long start(List<String> command, Path output) throws IOException {
        return done(processes.start(namespace, new Program(command, Map.of(), output)), KERNEL)
                .pid();
    }

    @Override
    public Finished run(List<String> command, Duration limit) throws IOException {
        ProgramOutput output = done(processes.run(namespace, command, limit), limit.plus(KERNEL));
        return new Finished(output.exitStatus(), output.text());
    }

    @Override
    public Watch watch(long pid) {
        ProcessWatch watch = processes.watch(pid);
        return new Watch() {
            @Override
            public CompletionStage<Instant> ended() {
                return watch.ended();
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    @Override
    public void signal(long pid, Signal signal) throws IOException {
        try (ProcessWatch watch = processes.watch(pid)) {
            watch.signal(
                    switch (signal) {
                        case USR2 -> ProcessSignal.USR2;
                        case TERM -> ProcessSignal.TERM;
                        case KILL -> ProcessSignal.KILL;
                    });
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Set<Bind> listening() throws IOException {
        return done(sockets.listening(namespace), KERNEL).stream()
                .map(socket -> new Bind(socket.address(), socket.port()))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Set<IpAddress>> addresses() {
        NamespaceSnapshot snapshot = plumber.snapshot(namespace);
        boolean read = snapshot.state() != NamespaceState.IDLE
                && snapshot.state() != NamespaceState.ABSENT
                && snapshot.state() != NamespaceState.FAILED;
        return read
                ? Optional.of(snapshot.actual().addresses().stream()
                        .map(LinkAddress::address)
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    @Override
    public Path namespace() {
        return Path.of("/run/netns", namespace);
    }

    /** The answer, or what went wrong as an {@link IOException} with the same words. */
    private static <T> T done(CompletionStage<T> stage, Duration limit) throws IOException {
        try {
            return stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException("the kernel doesn't answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
