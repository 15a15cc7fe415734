// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkAdmin;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/**
 * Networks in our own tables. Reads, chooses and inserts; where another controller was faster, which the tables' unique
 * keys tell, it does so again. Any thread; the work is done on the one of {@link StoreThread}.
 */
final class LocalNetworks implements NetworkDriver, NetworkAdmin {
    /** How often a choice that somebody else has made meanwhile is made anew; each time at least one other port was made. */
    private static final int ATTEMPTS = 64;

    private final NetworkRecords records;
    private final StoreThread thread;
    private final Supplier<UUID> ids;

    LocalNetworks(NetworkRecords records, StoreThread thread, Supplier<UUID> ids) {
        this.records = records;
        this.thread = thread;
        this.ids = ids;
    }

    @Override
    public CompletionStage<Outcome<List<Network>>> networks(NetworkQuery query) {
        return thread.run(() -> Outcome.done(records.networks().stream()
                .filter(n -> query.matches(n.id(), n.name(), n.id()))
                .sorted(Comparator.comparing(Network::name).thenComparing(Network::id))
                .toList()));
    }

    @Override
    public CompletionStage<Outcome<List<Subnet>>> subnets(NetworkQuery query) {
        return thread.run(() -> Outcome.done(matching(query)));
    }

    private List<Subnet> matching(NetworkQuery query) throws StoreException {
        return records.subnets().stream()
                .filter(s -> query.matches(s.id(), s.name(), s.networkId()))
                .sorted(Comparator.comparing(Subnet::name).thenComparing(Subnet::id))
                .toList();
    }

    @Override
    public CompletionStage<Outcome<List<Port>>> ports(NetworkQuery query) {
        return thread.run(() -> Outcome.done(records.ports(query).stream()
                .sorted(Comparator.comparing(Port::name))
                .toList()));
    }

    @Override
    public CompletionStage<Outcome<Optional<Network>>> network(String id) {
        return thread.run(() -> Outcome.done(findNetwork(id)));
    }

    private Optional<Network> findNetwork(String id) throws StoreException {
        return records.networks().stream().filter(n -> n.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<Outcome<Optional<Subnet>>> subnet(String id) {
        return thread.run(() -> Outcome.done(findSubnet(id)));
    }

    private Optional<Subnet> findSubnet(String id) throws StoreException {
        return records.subnets().stream().filter(s -> s.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<Outcome<Optional<Port>>> port(String id) {
        return thread.run(() -> Outcome.done(records.port(id)));
    }

    @Override
    public CompletionStage<Outcome<Port>> allocateVip(
            String portName, String networkId, @Nullable String subnetId, @Nullable IpAddress wanted, String owner) {
        return thread.run(() -> fulfil(List.of(new Order(portName, networkId, subnetId, wanted, owner))));
    }

    @Override
    public CompletionStage<Outcome<Port>> createPort(
            String portName, String networkId, List<String> subnetIds, String owner) {
        return thread.run(() -> fulfil(subnetIds.stream()
                .map(subnetId -> new Order(portName, networkId, subnetId, null, owner))
                .toList()));
    }

    /** @param orders for one port, an address each */
    private Outcome<Port> fulfil(List<Order> orders) throws StoreException {
        Order order = orders.get(0);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Port> known = records.portNamed(order.portName());
            if (known.isPresent()) {
                return known.get().owner().equals(order.owner())
                        ? Outcome.done(known.get())
                        : Outcome.refused(Refusal.conflict(
                                "name",
                                order.portName(),
                                "is the name of a port of " + known.get().owner()));
            }
            List<FixedIp> addresses = new ArrayList<>();
            for (Order one : orders) {
                Outcome<FixedIp> address = address(one);
                if (!(address instanceof Outcome.Done<FixedIp> found)) {
                    return Outcome.refused(((Outcome.Refused<FixedIp>) address).reasons());
                }
                addresses.add(found.value());
            }
            Port port = port(order, addresses);
            if (records.insert(port)) {
                return Outcome.done(port);
            }
        }
        return Outcome.refused(Refusal.notReady("others take every address that is tried; try again"));
    }

    private Outcome<FixedIp> address(Order order) throws StoreException {
        Outcome<Subnet> subnet = order.subnet(matching(new NetworkQuery(null, null, order.networkId())));
        if (!(subnet instanceof Outcome.Done<Subnet> found)) {
            return Outcome.refused(((Outcome.Refused<Subnet>) subnet).reasons());
        }
        Set<IpAddress> taken = taken(found.value());
        IpAddress wanted = order.wanted();
        if (wanted != null && taken.contains(wanted)) {
            return Outcome.refused(Refusal.conflict("ip_address", wanted.toString(), "is already in use"));
        }
        Optional<IpAddress> free = wanted == null ? Addresses.firstFree(found.value(), taken) : Optional.of(wanted);
        return free.isEmpty()
                ? Outcome.refused(Refusal.conflict(
                        "subnet_id", found.value().id(), "has no free address: " + taken.size() + " are in use"))
                : Outcome.done(new FixedIp(found.value().id(), free.get()));
    }

    private Set<IpAddress> taken(Subnet subnet) throws StoreException {
        Set<IpAddress> taken = new HashSet<>();
        for (Port port : records.ports(new NetworkQuery(null, null, subnet.networkId()))) {
            for (FixedIp ip : port.addresses()) {
                if (ip.subnetId().equals(subnet.id())) {
                    taken.add(ip.address());
                }
            }
        }
        return taken;
    }

    private Port port(Order order, List<FixedIp> addresses) {
        UUID id = ids.get();
        return new Port(id.toString(), order.portName(), order.networkId(), mac(id), addresses, order.owner());
    }

    /** Forty bits of a random id behind a prefix that says "locally administered, unicast" (IEEE 802c). */
    private static String mac(UUID id) {
        long bits = id.getLeastSignificantBits();
        StringBuilder mac = new StringBuilder("02");
        for (int shift = 32; shift >= 0; shift -= 8) {
            mac.append(String.format(":%02x", bits >>> shift & 0xFF));
        }
        return mac.toString();
    }

    @Override
    public CompletionStage<Outcome<Boolean>> deletePort(String portId) {
        return thread.run(() -> Outcome.done(records.removePort(portId)));
    }

    @Override
    public CompletionStage<Outcome<Network>> create(Network network) {
        return thread.run(() -> {
            if (records.insert(network)) {
                return Outcome.done(network);
            }
            return findNetwork(network.id()).filter(network::equals).isPresent()
                    ? Outcome.done(network)
                    : Outcome.refused(Refusal.conflict("id", network.id(), "is the id of another network"));
        });
    }

    @Override
    public CompletionStage<Outcome<Subnet>> create(Subnet subnet) {
        return thread.run(() -> {
            if (findNetwork(subnet.networkId()).isEmpty()) {
                return Outcome.refused(Refusal.invalid("network_id", subnet.networkId(), "there is no such network"));
            }
            for (Subnet other : matching(new NetworkQuery(null, null, subnet.networkId()))) {
                if (other.equals(subnet)) {
                    return Outcome.done(subnet);
                }
                if (other.cidr().contains(subnet.cidr()) || subnet.cidr().contains(other.cidr())) {
                    return Outcome.refused(
                            Refusal.conflict("cidr", subnet.cidr().toString(), "overlaps subnet " + other.cidr()));
                }
            }
            return records.insert(subnet)
                    ? Outcome.done(subnet)
                    : Outcome.refused(Refusal.conflict("id", subnet.id(), "is the id of another subnet"));
        });
    }

    @Override
    public CompletionStage<Outcome<Network>> deleteNetwork(String id) {
        return thread.run(() -> {
            Optional<Network> network = findNetwork(id);
            if (network.isEmpty()) {
                return Outcome.refused(Refusal.notFound("id", id, "Network " + id + " not found."));
            }
            return records.removeNetwork(id)
                    ? Outcome.done(network.get())
                    : Outcome.refused(Refusal.conflict("id", id, "has subnets or ports"));
        });
    }

    @Override
    public CompletionStage<Outcome<Subnet>> deleteSubnet(String id) {
        return thread.run(() -> {
            Optional<Subnet> subnet = findSubnet(id);
            if (subnet.isEmpty()) {
                return Outcome.refused(Refusal.notFound("id", id, "Subnet " + id + " not found."));
            }
            return records.removeSubnet(id)
                    ? Outcome.done(subnet.get())
                    : Outcome.refused(Refusal.conflict("id", id, "a port has an address of it"));
        });
    }
}
