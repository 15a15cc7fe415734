// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;

/** Records in memory, with the unique keys that the tables have; safe from any thread. */
public final class MemoryNetworks implements NetworkRecords {
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, Subnet> subnets = new LinkedHashMap<>();
    private final Map<String, Port> ports = new LinkedHashMap<>();

    @Override
    public synchronized List<Network> networks() {
        return List.copyOf(networks.values());
    }

    @Override
    public synchronized List<Subnet> subnets() {
        return List.copyOf(subnets.values());
    }

    @Override
    public synchronized List<Port> ports(NetworkQuery query) {
        return ports.values().stream()
                .filter(p -> query.matches(p.id(), p.name(), p.networkId()))
                .toList();
    }

    @Override
    public synchronized Optional<Port> port(String id) {
        return Optional.ofNullable(ports.get(id));
    }

    @Override
    public synchronized Optional<Port> portNamed(String name) {
        return ports.values().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    @Override
    public synchronized boolean insert(Network network) {
        return networks.putIfAbsent(network.id(), network) == null;
    }

    @Override
    public synchronized boolean insert(Subnet subnet) {
        return networks.containsKey(subnet.networkId()) && subnets.putIfAbsent(subnet.id(), subnet) == null;
    }

    @Override
    public synchronized boolean insert(Port port) {
        boolean known = networks.containsKey(port.networkId())
                && port.addresses().stream().allMatch(ip -> subnets.containsKey(ip.subnetId()));
        if (!known || any(p -> p.name().equals(port.name()) || p.mac().equals(port.mac()) || shares(p, port))) {
            return false;
        }
        return ports.putIfAbsent(port.id(), port) == null;
    }

    private boolean any(Predicate<Port> what) {
        return ports.values().stream().anyMatch(what);
    }

    private static boolean shares(Port one, Port other) {
        List<FixedIp> both = new ArrayList<>(one.addresses());
        both.retainAll(other.addresses());
        return !both.isEmpty();
    }

    @Override
    public synchronized boolean removeNetwork(String id) {
        boolean used = any(p -> p.networkId().equals(id))
                || subnets.values().stream().anyMatch(s -> s.networkId().equals(id));
        return !used && networks.remove(id) != null;
    }

    @Override
    public synchronized boolean removeSubnet(String id) {
        boolean used =
                any(p -> p.addresses().stream().anyMatch(ip -> ip.subnetId().equals(id)));
        return !used && subnets.remove(id) != null;
    }

    @Override
    public synchronized boolean removePort(String id) {
        return ports.remove(id) != null;
    }
}
