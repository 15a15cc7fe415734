// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.store.StoreException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver that has no network service behind it keeps networks, subnets and ports: tables l3d_network, l3d_subnet,
 * l3d_port, l3d_port_address. Each call is one transaction, durable when it returns; several controllers use one store,
 * and its unique keys decide between them. Calls block.
 */
@ProviderType
public interface NetworkRecords {
    List<Network> networks() throws StoreException;

    List<Subnet> subnets() throws StoreException;

    List<Port> ports(NetworkQuery query) throws StoreException;

    Optional<Port> port(String id) throws StoreException;

    /** The port that has this name; names are unique. */
    Optional<Port> portNamed(String name) throws StoreException;

    /** False, with nothing changed, when the id is taken. */
    boolean insert(Network network) throws StoreException;

    /** False, with nothing changed, when the id is taken or the network isn't there. */
    boolean insert(Subnet subnet) throws StoreException;

    /**
     * False, with nothing changed, when id, name, MAC or an address of its subnet is taken, or network or subnet isn't
     * there.
     */
    boolean insert(Port port) throws StoreException;

    /** False when it isn't there, or something belongs to it. */
    boolean removeNetwork(String id) throws StoreException;

    /** False when it isn't there, or a port has an address of it. */
    boolean removeSubnet(String id) throws StoreException;

    /** False when it isn't there. */
    boolean removePort(String id) throws StoreException;
}
