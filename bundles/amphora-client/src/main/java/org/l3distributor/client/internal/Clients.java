// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.internal.http.Transport;
import org.l3distributor.client.internal.retry.Backoff;
import org.l3distributor.client.internal.retry.Breaker;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.distributor.service.MetricSource;

/** All clients: they share a transport, a few threads and the breakers. */
public final class Clients implements AmphoraClients, AutoCloseable {
    /** Handshakes and parsing are all that these do. */
    private static final int THREADS = 4;

    private final ExecutorService executor;
    private final Transport transport;
    private final Calls calls;

    /**
     * How calls are made.
     *
     * @param deadline for a call with all its attempts
     * @param attempt for one attempt of most calls; an appliance answers them within 8 s
     * @param work for one attempt that has HAProxy checked, started or stopped, or an interface plugged, and that the
     *     deadline doesn't cut short; an appliance answers them within 50 s
     * @param connect for the connection
     */
    public record Limits(
            Duration deadline,
            Duration attempt,
            Duration work,
            Duration connect,
            Backoff backoff,
            Breaker.Rules breaker) {
        public static Limits of(Duration deadline, Duration attempt, Duration work, Duration connect) {
            return new Limits(
                    deadline,
                    attempt,
                    work,
                    connect,
                    new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2)),
                    new Breaker.Rules(5, Duration.ofSeconds(1), Duration.ofSeconds(30), attempt.plus(connect)));
        }

        /** The same for work as for other calls. */
        public static Limits of(Duration deadline, Duration attempt, Duration connect) {
            return of(deadline, attempt, attempt, connect);
        }
    }

    /** @throws IOException when the certificate or the authority can't be used */
    public Clients(ClientTls tls, Limits limits) throws IOException {
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "l3d-client-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            transport = new Transport(tls, executor, limits.connect);
        } catch (IOException e) {
            executor.shutdown();
            throw e;
        }
        calls = new Calls(
                transport,
                executor,
                new Calls.Rules(limits.deadline, limits.attempt, limits.work, limits.backoff, limits.breaker),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Reads the certificate and the authority again if they have changed.
     *
     * @return true when they were taken
     * @throws IOException when what they hold now can't be used; what was read before stays in use
     */
    public boolean renew() throws IOException {
        boolean renewed = transport.renew();
        if (renewed) {
            calls.forget(); // who refused the certificate before may take this one
        }
        return renewed;
    }

    @Override
    public AmphoraClient amphora(AmphoraEndpoint endpoint) {
        return new HttpAmphora(calls, endpoint);
    }

    @Override
    public List<Trouble> troubles() {
        return calls.troubles();
    }

    public MetricSource metrics() {
        return calls.metrics();
    }

    /** Ends calls that are open as unavailable. */
    @Override
    public void close() {
        calls.close();
        executor.shutdown();
    }
}
