// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;

/** What is known of the networks when something is decided; at least of those that are named. */
public record NetworkSnapshot(List<Network> networks, List<Subnet> subnets) {
    public NetworkSnapshot {
        networks = List.copyOf(networks);
        subnets = List.copyOf(subnets);
    }

    Optional<Subnet> subnet(String id) {
        return subnets.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    boolean hasNetwork(String id) {
        return networks.stream().anyMatch(n -> n.id().equals(id));
    }

    List<Subnet> of(String networkId) {
        return subnets.stream().filter(s -> s.networkId().equals(networkId)).toList();
    }
}
