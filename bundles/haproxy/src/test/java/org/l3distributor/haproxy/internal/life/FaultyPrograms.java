// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.net.IpAddress;

/** The namespace's programs, with a kernel that refuses what the test has it refuse. */
final class FaultyPrograms implements Programs {
    private final Programs real;

    volatile boolean refusesSockets;
    volatile boolean refusesWatches;
    final AtomicInteger refused = new AtomicInteger();
    final Set<Long> watched = ConcurrentHashMap.newKeySet();

    FaultyPrograms(Programs real) {
        this.real = real;
    }

    @Override
    public Set<Bind> listening() throws IOException {
        if (refusesSockets) {
            refused.incrementAndGet();
            throw new IOException("list sockets: EAGAIN");
        }
        return real.listening();
    }

    @Override
    public Watch watch(long pid) {
        if (!refusesWatches) {
            watched.add(pid);
            return real.watch(pid);
        }
        refused.incrementAndGet();
        return new Watch() {
            @Override
            public CompletionStage<Instant> ended() {
                return CompletableFuture.failedStage(new IllegalStateException("watch process " + pid + ": EMFILE"));
            }

            @Override
            public void close() {
                // there is nothing to close
            }
        };
    }

    @Override
    public long start(List<String> command, Path output) throws IOException {
        return real.start(command, output);
    }

    @Override
    public Finished run(List<String> command, Duration limit) throws IOException {
        return real.run(command, limit);
    }

    @Override
    public void signal(long pid, Signal signal) throws IOException {
        real.signal(pid, signal);
    }

    @Override
    public Optional<Set<IpAddress>> addresses() {
        return real.addresses();
    }

    @Override
    public Path namespace() {
        return real.namespace();
    }
}
