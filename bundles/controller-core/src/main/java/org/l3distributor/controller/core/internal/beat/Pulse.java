// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/**
 * Whether dedicated speakers live. They run no load balancer, and so send no heartbeats: they are asked instead, as often as
 * others send, and an answer counts as one. Every controller asks: a speaker that one of them reaches lives.
 */
public final class Pulse implements AutoCloseable {
    private static final int AT_ONCE = 64;

    private final ControllerStore store;
    private final Supplier<Optional<AmphoraClients>> clients;
    private final int port;
    private final Duration interval;
    private final BeatLog log;
    private final ScheduledExecutorService clock;

    /**
     * @param port of the amphorae's API
     * @param interval between two questions
     */
    public Pulse(
            ControllerStore store,
            Supplier<Optional<AmphoraClients>> clients,
            int port,
            Duration interval,
            BeatLog log) {
        this.store = store;
        this.clients = clients;
        this.port = port;
        this.interval = interval;
        this.log = log;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "controller-pulse");
            thread.setDaemon(true);
            return thread;
        });
        var unused = clock.scheduleWithFixedDelay(
                this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            feel();
            log.reachable();
        } catch (StoreException e) {
            log.unreachable(e);
        } catch (RuntimeException e) {
            log.bug(e); // the schedule would end with it
        }
    }

    /** Asks all speakers once, and writes who has answered. */
    void feel() throws StoreException {
        Optional<AmphoraClients> present = clients.get();
        if (present.isEmpty()) {
            return;
        }
        List<Amphora> speakers = store.in(tx -> tx.amphorae().page(Query.where("service_type", "distributor")).stream()
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED && a.managementIp() != null)
                .toList());
        for (int from = 0; from < speakers.size(); from += AT_ONCE) {
            List<String> alive =
                    asked(present.get(), speakers.subList(from, Math.min(speakers.size(), from + AT_ONCE)));
            if (!alive.isEmpty()) {
                store.run(tx -> tx.health()
                        .heard(alive.stream()
                                .map(id -> new AmphoraHealth(id, tx.now(), false))
                                .toList()));
            }
        }
    }

    /** Those that answer within the interval. */
    private List<String> asked(AmphoraClients present, List<Amphora> speakers) {
        ConcurrentLinkedQueue<String> alive = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> questions = new ArrayList<>();
        for (Amphora speaker : speakers) {
            IpAddress address = speaker.managementIp();
            if (address != null) {
                questions.add(present.amphora(
                                new AmphoraEndpoint(speaker.id(), new InetSocketAddress(address.toInetAddress(), port)))
                        .discover()
                        .thenAccept(answer -> {
                            if (answer instanceof CallResult.Answered<String>) {
                                alive.add(speaker.id());
                            }
                        })
                        .toCompletableFuture()
                        .copy()
                        .completeOnTimeout(null, interval.toMillis(), TimeUnit.MILLISECONDS));
            }
        }
        CompletableFuture.allOf(questions.toArray(CompletableFuture[]::new)).join();
        return List.copyOf(alive);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
