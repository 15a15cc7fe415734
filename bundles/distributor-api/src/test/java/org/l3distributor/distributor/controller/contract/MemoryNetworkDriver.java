// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Networks in memory, with a port's addresses counted up; for tests of those who ask a driver. */
public final class MemoryNetworkDriver implements NetworkDriver {
    private final List<Network> networks = new ArrayList<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private int next = 100;

    public synchronized MemoryNetworkDriver with(Network network, Subnet... itsSubnets) {
        networks.add(network);
        subnets.addAll(List.of(itsSubnets));
        return this;
    }

    @Override
    public synchronized CompletionStage<Outcome<List<Network>>> networks(NetworkQuery query) {
        return done(networks.stream()
                .filter(n -> query.matches(n.id(), n.name(), n.id()))
                .sorted(Comparator.comparing(Network::name))
                .toList());
    }

    @Override
    public synchronized CompletionStage<Outcome<List<Subnet>>> subnets(NetworkQuery query) {
        return done(subnets.stream()
                .filter(s -> query.matches(s.id(), s.name(), s.networkId()))
                .sorted(Comparator.comparing(Subnet::name))
                .toList());
    }

    @Override
    public synchronized CompletionStage<Outcome<List<Port>>> ports(NetworkQuery query) {
        return done(ports.values().stream()
                .filter(p -> query.matches(p.id(), p.name(), p.networkId()))
                .toList());
    }

    @Override
    public synchronized CompletionStage<Outcome<Optional<Network>>> network(String id) {
        return done(networks.stream().filter(n -> n.id().equals(id)).findFirst());
    }

    @Override
    public synchronized CompletionStage<Outcome<Optional<Subnet>>> subnet(String id) {
        return done(subnets.stream().filter(s -> s.id().equals(id)).findFirst());
    }

    @Override
    public synchronized CompletionStage<Outcome<Optional<Port>>> port(String id) {
        return done(Optional.ofNullable(ports.get(id)));
    }

    @Override
    public synchronized CompletionStage<Outcome<Port>> allocateVip(
            String portName, String networkId, @Nullable String subnetId, @Nullable IpAddress wanted, String owner) {
        Optional<Port> known =
                ports.values().stream().filter(p -> p.name().equals(portName)).findFirst();
        if (known.isPresent()) {
            return done(known.get());
        }
        Optional<Subnet> subnet =
                subnets.stream().filter(s -> s.id().equals(subnetId)).findFirst();
        if (subnet.isEmpty()) {
            return refused(Refusal.invalid("subnet_id", subnetId, "there is no such subnet"));
        }
        IpAddress address = wanted == null ? free(subnet.get()) : wanted;
        if (ports.values().stream().anyMatch(p -> p.addresses().get(0).address().equals(address))) {
            return refused(Refusal.conflict("ip_address", address.toString(), "is already in use"));
        }
        String id = UUID.randomUUID().toString();
        Port port =
                new Port(id, portName, networkId, "02:00:00:00:00:01", List.of(new FixedIp(subnetId, address)), owner);
        ports.put(id, port);
        return done(port);
    }

    private IpAddress free(Subnet subnet) {
        IpAddress base = subnet.cidr().address();
        next++;
        return base.family() == AddressFamily.IPV4
                ? IpAddress.v4((int) (base.low() + next))
                : IpAddress.v6(base.high(), base.low() + next);
    }

    @Override
    public synchronized CompletionStage<Outcome<Port>> createPort(
            String portName, String networkId, List<String> subnetIds, String owner) {
        if (ports.values().stream().anyMatch(p -> p.name().equals(portName)) || subnetIds.size() == 1) {
            return allocateVip(portName, networkId, subnetIds.get(0), null, owner);
        }
        List<FixedIp> addresses = new ArrayList<>();
        for (String id : subnetIds) {
            Optional<Subnet> subnet =
                    subnets.stream().filter(s -> s.id().equals(id)).findFirst();
            if (subnet.isEmpty()) {
                return refused(Refusal.invalid("subnet_id", id, "there is no such subnet"));
            }
            addresses.add(new FixedIp(id, free(subnet.get())));
        }
        String id = UUID.randomUUID().toString();
        Port port = new Port(id, portName, networkId, "02:00:00:00:00:02", addresses, owner);
        ports.put(id, port);
        return done(port);
    }

    @Override
    public synchronized CompletionStage<Outcome<Boolean>> deletePort(String portId) {
        return done(ports.remove(portId) != null);
    }

    private static <T> CompletionStage<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(Outcome.done(value));
    }

    private static <T> CompletionStage<Outcome<T>> refused(Refusal reason) {
        return CompletableFuture.completedFuture(Outcome.refused(reason));
    }
}
