// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.AddressFamily;

/**
 * In which subnets amphorae have front-end addresses. A VIP's next hop is of its own IP version, so that VIPs of both need an
 * address of each. Pure.
 */
public final class FrontEnds {
    private FrontEnds() {}

    /**
     * The subnet of the second front-end address; empty when no VIP needs one, or the network has none.
     *
     * @param frontend the front end's own subnet
     * @param ofNetwork all subnets of its network; one that a VIP is in is preferred
     * @param vips the subnets of all VIPs
     */
    public static Optional<Subnet> second(Subnet frontend, List<Subnet> ofNetwork, Collection<Subnet> vips) {
        if (!needsSecond(frontend, vips)) {
            return Optional.empty();
        }
        AddressFamily other = other(frontend.cidr().family());
        Set<String> ofVips = Set.copyOf(vips.stream().map(Subnet::id).toList());
        List<Subnet> fitting =
                ofNetwork.stream().filter(s -> s.cidr().family() == other).toList();
        return fitting.stream()
                .filter(s -> ofVips.contains(s.id()))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    static boolean needsSecond(Subnet frontend, Collection<Subnet> vips) {
        return vips.stream().anyMatch(s -> s.cidr().family() != frontend.cidr().family());
    }

    static AddressFamily other(AddressFamily family) {
        return family == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }
}
