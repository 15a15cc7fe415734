// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;

/**
 * An interface towards back ends, {@code eth2} and on.
 *
 * @param mtu in bytes; 0 leaves it as it is
 * @param networks their gateways carry nothing: the default route is the front end's
 */
public record NetworkPlug(MacAddress mac, int mtu, List<InterfaceNetwork> networks, List<HostRoute> hostRoutes) {
    public NetworkPlug {
        networks = List.copyOf(networks);
        hostRoutes = List.copyOf(hostRoutes);
        InterfaceDescription.check(mtu);
    }
}
