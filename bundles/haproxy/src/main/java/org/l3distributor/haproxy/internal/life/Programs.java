// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.net.IpAddress;

/** What is needed of the load balancer's network namespace. Methods that wait say so; any thread. */
interface Programs {
    /** What a program that has ended left. */
    record Finished(int status, String output) {}

    /** Which signals HAProxy's master understands. */
    enum Signal {
        /** Reload. */
        USR2,
        /** Stop at once. */
        TERM,
        KILL
    }

    /**
     * Starts a program in the namespace that goes on when this process ends.
     *
     * @param output a file to which it adds what it prints
     * @return its pid
     * @throws IOException when it can't be started
     */
    long start(List<String> command, Path output) throws IOException;

    /**
     * Runs a program in the namespace to its end, and waits for that.
     *
     * @throws IOException when it can't be started, or takes longer than the limit; then it is killed
     */
    Finished run(List<String> command, Duration limit) throws IOException;

    /** A process that is being watched; it need not be a child. */
    interface Watch extends AutoCloseable {
        /** Completes when the process has ended, with the moment in which the kernel told of it; at once when there is none. */
        CompletionStage<Instant> ended();

        /** Stops watching. */
        @Override
        void close();
    }

    Watch watch(long pid);

    /** @throws IOException when the kernel refuses; a process that isn't there is no fault */
    void signal(long pid, Signal signal) throws IOException;

    /**
     * Where somebody in the namespace listens for TCP.
     *
     * @throws IOException when the kernel refuses
     */
    Set<Bind> listening() throws IOException;

    /** The addresses in the namespace; empty when it isn't known. */
    Optional<Set<IpAddress>> addresses();

    /** The namespace, as a file. */
    Path namespace();
}
