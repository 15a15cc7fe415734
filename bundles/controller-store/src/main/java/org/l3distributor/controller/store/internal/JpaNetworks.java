// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;

/** Tables l3d_network, l3d_subnet, l3d_port, l3d_port_address. Their keys decide what may be there beside what. */
final class JpaNetworks implements NetworkRecords {
    private final Access access;

    JpaNetworks(Access access) {
        this.access = access;
    }

    @Override
    public List<Network> networks() throws StoreException {
        return access.transaction(
                "read the networks",
                (em, dialect) -> em.createQuery("select n from NetworkRow n order by n.name, n.id", NetworkRow.class)
                        .getResultStream()
                        .map(NetworkRow::toValue)
                        .toList());
    }

    @Override
    public List<Subnet> subnets() throws StoreException {
        return access.transaction(
                "read the subnets",
                (em, dialect) -> em.createQuery("select s from SubnetRow s order by s.name, s.id", SubnetRow.class)
                        .getResultStream()
                        .map(SubnetRow::toValue)
                        .toList());
    }

    @Override
    public List<Port> ports(NetworkQuery query) throws StoreException {
        Map<String, String> equal = new LinkedHashMap<>();
        put(equal, "id", query.id());
        put(equal, "name", query.name());
        put(equal, "networkId", query.networkId());
        return access.transaction("read ports", (em, dialect) -> ports(em, equal));
    }

    private static void put(Map<String, String> equal, String attribute, @Nullable String value) {
        if (value != null) {
            equal.put(attribute, value);
        }
    }

    private static List<Port> ports(EntityManager em, Map<String, String> equal) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        equal.keySet().forEach(attribute -> conditions.add("p." + attribute + " = :" + attribute));
        TypedQuery<PortRow> query = em.createQuery(
                "select p from PortRow p where " + String.join(" and ", conditions) + " order by p.name, p.id",
                PortRow.class);
        equal.forEach(query::setParameter);
        List<PortRow> rows = query.getResultList();
        Map<String, List<PortAddressRow>> addresses = Parts.of(
                em,
                PortAddressRow.class,
                "portId",
                "place",
                row -> row.portId,
                rows.stream().map(row -> row.id).toList());
        return rows.stream()
                .map(row -> row.toValue(addresses.getOrDefault(row.id, List.of()).stream()
                        .map(PortAddressRow::toValue)
                        .toList()))
                .toList();
    }

    @Override
    public Optional<Port> port(String id) throws StoreException {
        return access.transaction("read port " + id, (em, dialect) -> ports(em, Map.of("id", id))).stream()
                .findFirst();
    }

    @Override
    public Optional<Port> portNamed(String name) throws StoreException {
        return access.transaction("read port " + name, (em, dialect) -> ports(em, Map.of("name", name))).stream()
                .findFirst();
    }

    @Override
    public boolean insert(Network network) throws StoreException {
        return unlessItContradicts("add network " + network.id(), em -> em.persist(NetworkRow.of(network)));
    }

    @Override
    public boolean insert(Subnet subnet) throws StoreException {
        return unlessItContradicts("add subnet " + subnet.id(), em -> em.persist(SubnetRow.of(subnet)));
    }

    @Override
    public boolean insert(Port port) throws StoreException {
        return unlessItContradicts("add port " + port.name(), em -> {
            em.persist(PortRow.of(port));
            em.flush();
            for (int i = 0; i < port.addresses().size(); i++) {
                em.persist(new PortAddressRow(port.id(), i, port.addresses().get(i)));
            }
        });
    }

    private boolean unlessItContradicts(String attempted, Consumer<EntityManager> change) throws StoreException {
        try {
            return access.transaction(attempted, (em, dialect) -> {
                change.accept(em);
                return true;
            });
        } catch (StoreConflict e) {
            return false;
        }
    }

    @Override
    public boolean removeNetwork(String id) throws StoreException {
        return remove("remove network " + id, NetworkRow.class, id);
    }

    @Override
    public boolean removeSubnet(String id) throws StoreException {
        return remove("remove subnet " + id, SubnetRow.class, id);
    }

    private boolean remove(String attempted, Class<?> type, String id) throws StoreException {
        try {
            return access.transaction(attempted, (em, dialect) -> {
                Object row = em.find(type, id);
                if (row != null) {
                    em.remove(row);
                    em.flush();
                }
                return row != null;
            });
        } catch (StoreConflict e) {
            return false;
        }
    }

    @Override
    public boolean removePort(String id) throws StoreException {
        return access.transaction("remove port " + id, (em, dialect) -> {
            PortRow row = em.find(PortRow.class, id);
            if (row == null) {
                return false;
            }
            Parts.of(em, PortAddressRow.class, "portId", "place", address -> address.portId, List.of(id))
                    .values()
                    .forEach(addresses -> addresses.forEach(em::remove));
            em.flush();
            em.remove(row);
            em.flush();
            return true;
        });
    }
}
