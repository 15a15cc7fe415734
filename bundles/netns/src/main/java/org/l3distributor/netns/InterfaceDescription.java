// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.Optional;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * What an interface of a namespace should be.
 *
 * @param mac how it is found, here or in the process's own namespace
 * @param name in the namespace
 * @param mtu in bytes; 0 leaves it as it is
 */
public record InterfaceDescription(
        MacAddress mac, String name, int mtu, List<InterfaceNetwork> networks, List<HostRoute> hostRoutes) {
    /** The name of the interface by which clients come and answers leave. */
    public static final String FRONT_END = "eth1";

    public InterfaceDescription {
        if (!name.matches("eth[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("not the name of an interface (eth1, eth2...): \"" + name + "\"");
        }
        check(mtu);
        networks = List.copyOf(networks);
        hostRoutes = List.copyOf(hostRoutes);
    }

    /** 68 is the least that IPv4 works with (RFC 791 section 3.2). */
    static void check(int mtu) {
        if (mtu != 0 && (mtu < 68 || mtu > 65_535)) {
            throw new IllegalArgumentException("the MTU must be 68..65535 bytes, got " + mtu);
        }
    }

    public boolean isFrontEnd() {
        return name.equals(FRONT_END);
    }

    /** The addresses that it should have, as those of the link with this index. */
    public List<LinkAddress> addresses(int link) {
        return networks.stream()
                .flatMap(network -> Optional.ofNullable(network.address())
                        .map(address ->
                                new LinkAddress(link, address, network.subnet().length()))
                        .stream())
                .distinct()
                .toList();
    }

    /** The router that answers of this family leave by. */
    public Optional<IpAddress> gateway(AddressFamily family) {
        return networks.stream()
                .filter(network -> network.subnet().family() == family)
                .flatMap(network -> Optional.ofNullable(network.gateway()).stream())
                .findFirst();
    }
}
