// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.Set;
import org.l3distributor.net.IpAddress;

/**
 * The interface by which clients come and answers leave, always {@code eth1}.
 *
 * @param mtu in bytes; 0 leaves it as it is
 * @param networks the first gateway of each address family carries its default route
 * @param hostRoutes hold for answers of the VIPs as well as for anything else
 * @param vips put on {@code lo} with it; VIPs that were plugged before stay
 */
public record FrontEndPlug(
        MacAddress mac, int mtu, List<InterfaceNetwork> networks, List<HostRoute> hostRoutes, Set<IpAddress> vips) {
    public FrontEndPlug {
        networks = List.copyOf(networks);
        hostRoutes = List.copyOf(hostRoutes);
        vips = Set.copyOf(vips);
        InterfaceDescription.check(mtu);
    }
}
