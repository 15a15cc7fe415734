// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.noop.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.net.IpAddress;
import org.osgi.service.component.annotations.Component;

/** Remembers instances and makes none; whatever was asked for is active at once. */
@Component(service = ComputeDriver.class, property = ComputeDriver.TYPE + "=noop")
public final class NoopCompute implements ComputeDriver {
    private final TreeMap<String, Instance> instances = new TreeMap<>();

    @Override
    public synchronized CompletionStage<Outcome<Instance>> create(InstanceSpec spec) {
        return done(instances.computeIfAbsent(spec.amphoraId(), id -> made(spec)));
    }

    private static Instance made(InstanceSpec spec) {
        String domain = spec.failureDomainWish();
        return new Instance(
                spec.amphoraId(),
                UUID.randomUUID().toString(),
                Instance.State.ACTIVE,
                address(spec.ports().get(0)),
                spec.ports().stream().map(Port::id).toList(),
                domain == null ? "" : domain,
                null);
    }

    private static @Nullable IpAddress address(Port port) {
        return port.addresses().isEmpty() ? null : port.addresses().get(0).address();
    }

    @Override
    public synchronized CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId) {
        return done(Optional.ofNullable(instances.get(amphoraId)));
    }

    @Override
    public synchronized CompletionStage<Outcome<Boolean>> delete(String amphoraId) {
        return done(instances.remove(amphoraId) != null);
    }

    @Override
    public CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port) {
        return change(amphoraId, ports -> {
            if (!ports.contains(port.id())) {
                ports.add(port.id());
            }
        });
    }

    @Override
    public CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId) {
        return change(amphoraId, ports -> ports.remove(portId));
    }

    private synchronized CompletionStage<Outcome<Instance>> change(String amphoraId, Consumer<List<String>> change) {
        Instance old = instances.get(amphoraId);
        if (old == null) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(Refusal.notFound("amphora_id", amphoraId, "there is no instance of this amphora")));
        }
        List<String> ports = new ArrayList<>(old.portIds());
        change.accept(ports);
        Instance next = new Instance(
                old.amphoraId(),
                old.computeId(),
                old.state(),
                old.managementIp(),
                ports,
                old.failureDomain(),
                old.fault());
        instances.put(amphoraId, next);
        return done(next);
    }

    @Override
    public synchronized CompletionStage<Outcome<List<Instance>>> list() {
        return done(List.copyOf(instances.values()));
    }

    private static <T> CompletionStage<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(Outcome.done(value));
    }
}
