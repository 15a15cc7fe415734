// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.controller.core.internal.beat.Receiver.Datagram;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.controller.core.internal.health.HealthMachine.Known;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;

/**
 * Writes what datagrams say, many in one transaction. Opens, reads and judges them outside of it; only what is new, true and
 * of an amphora that should be there gets to the tables. For one thread.
 */
final class Intake {
    private final ControllerStore store;
    private final Secret key;
    private final HealthMachine machine;
    private final Counts counts;
    private Map<String, Set<String>> listeners = Map.of();

    Intake(ControllerStore store, Secret key, HealthMachine machine, Counts counts) {
        this.store = store;
        this.key = key;
        this.machine = machine;
        this.counts = counts;
    }

    /** Learns which amphorae there are, and how many listeners each should run. */
    void refresh() throws StoreException {
        Map<String, Set<String>> next = new HashMap<>();
        Map<String, Known> known = store.in(tx -> {
            next.clear(); // the work may be done again
            return known(tx, next);
        });
        listeners = next;
        machine.known(known);
    }

    private static Map<String, Known> known(Transaction tx, Map<String, Set<String>> ofLoadBalancers) {
        Map<String, Set<String>> enabled = new HashMap<>();
        for (Listener listener : tx.listeners().page(Query.all())) {
            ofLoadBalancers
                    .computeIfAbsent(listener.loadBalancerId(), id -> new HashSet<>())
                    .add(listener.id());
            if (listener.header().enabled()) {
                enabled.computeIfAbsent(listener.loadBalancerId(), id -> new HashSet<>())
                        .add(listener.id());
            }
        }
        Map<String, Known> settled = new HashMap<>();
        for (LoadBalancer loadBalancer : tx.loadBalancers().page(Query.all())) {
            boolean counts = loadBalancer.header().provisioning() == ProvisioningStatus.ACTIVE
                    && loadBalancer.header().enabled();
            int number = enabled.getOrDefault(loadBalancer.id(), Set.of()).size();
            settled.put(loadBalancer.id(), new Known(counts ? Optional.of(number) : Optional.empty()));
        }
        Map<String, Known> known = new HashMap<>();
        for (Amphora amphora : tx.amphorae().page(Query.where("status", ProvisioningStatus.ALLOCATED.name()))) {
            String id = amphora.loadBalancerId();
            known.put(
                    amphora.id(),
                    id == null ? new Known(Optional.empty()) : settled.getOrDefault(id, new Known(Optional.empty())));
        }
        return known;
    }

    /** Judges a batch and writes it. What can't be written is lost: the next heartbeats say the same. */
    void write(List<Datagram> batch, Instant now) throws StoreException {
        Map<String, Heartbeat> alive = new LinkedHashMap<>();
        List<Heartbeat> told = new ArrayList<>();
        for (Datagram datagram : batch) {
            read(datagram).ifPresent(heartbeat -> {
                HealthMachine.Decision decision = machine.on(heartbeat, datagram.received(), now);
                switch (decision) {
                    case ALIVE -> {
                        counts.alive.increment();
                        alive.put(heartbeat.amphora(), heartbeat);
                        told.add(heartbeat);
                    }
                    case INCOMPLETE -> {
                        counts.refuse(Counts.Why.INCOMPLETE);
                        told.add(heartbeat);
                    }
                    case UNKNOWN -> counts.refuse(Counts.Why.UNKNOWN);
                    case OLD -> counts.refuse(Counts.Why.OLD);
                    case LATE -> counts.refuse(Counts.Why.LATE);
                }
            });
        }
        if (told.isEmpty()) {
            return;
        }
        List<ListenerStatistics> statistics = statistics(told);
        store.run(tx -> {
            Instant at = tx.now(); // one clock for all controllers
            tx.health()
                    .heard(alive.keySet().stream()
                            .map(id -> new AmphoraHealth(id, at, false))
                            .toList());
            tx.statistics().add(statistics);
        });
    }

    private Optional<Heartbeat> read(Datagram datagram) {
        Envelope.Opened opened = Envelope.open(datagram.bytes(), datagram.bytes().length, key);
        if (opened instanceof Envelope.Opened.Rejected rejected) {
            counts.refuse(
                    switch (rejected.reason()) {
                        case LENGTH -> Counts.Why.LENGTH;
                        case HMAC -> Counts.Why.HMAC;
                        case COMPRESSION -> Counts.Why.COMPRESSION;
                        case BOMB -> Counts.Why.BOMB;
                    });
            return Optional.empty();
        }
        Heartbeat.Read read = Heartbeat.read(((Envelope.Opened.Message) opened).json());
        if (read instanceof Heartbeat.Read.Message message) {
            return Optional.of(message.heartbeat());
        }
        counts.refuse(Counts.Why.MALFORMED);
        return Optional.empty();
    }

    /** Of the listeners that are there: a row of any other one would contradict the tables, and end the batch. */
    private List<ListenerStatistics> statistics(List<Heartbeat> told) {
        Set<String> there = new HashSet<>();
        listeners.values().forEach(there::addAll);
        Map<String, ListenerStatistics> sums = new LinkedHashMap<>();
        for (Heartbeat heartbeat : told) {
            heartbeat.listeners().forEach((id, listener) -> {
                Heartbeat.Counts c = listener.counts();
                if (there.contains(id) && !c.equals(Heartbeat.Counts.NONE)) {
                    sums.merge(
                            id + "@" + heartbeat.amphora(),
                            new ListenerStatistics(
                                    id,
                                    heartbeat.amphora(),
                                    c.received(),
                                    c.sent(),
                                    (int) Math.min(Integer.MAX_VALUE, c.connections()),
                                    c.totalConnections(),
                                    c.errors()),
                            Intake::sum);
                }
            });
        }
        return List.copyOf(sums.values());
    }

    private static ListenerStatistics sum(ListenerStatistics a, ListenerStatistics b) {
        return new ListenerStatistics(
                a.listenerId(),
                a.amphoraId(),
                a.bytesIn() + b.bytesIn(),
                a.bytesOut() + b.bytesOut(),
                b.activeConnections(),
                a.totalConnections() + b.totalConnections(),
                a.requestErrors() + b.requestErrors());
    }
}
