// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import java.util.List;

/**
 * A place on a network with its addresses.
 *
 * @param name unique among all ports, so that whoever repeats a call finds what the first one made
 * @param mac in the form 02:00:5e:10:00:01; a VIP's port has one too, though nobody answers ARP with it
 * @param owner the id of what it was made for: a load balancer or an amphora
 */
public record Port(String id, String name, String networkId, String mac, List<FixedIp> addresses, String owner) {
    public Port {
        addresses = List.copyOf(addresses);
    }
}
