// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * A range of addresses of a network.
 *
 * @param gateway the default router; null when there is none
 */
public record Subnet(
        String id,
        String networkId,
        String name,
        IpPrefix cidr,
        @Nullable IpAddress gateway,
        List<HostRoute> routes) {
    public Subnet {
        routes = List.copyOf(routes);
        if (gateway != null && gateway.family() != cidr.family()) {
            throw new IllegalArgumentException("gateway " + gateway + " of " + cidr + ": two families");
        }
    }
}
