// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A route that hosts of a subnet need beside the default one. */
public record HostRoute(IpPrefix destination, IpAddress nextHop) {
    public HostRoute {
        if (destination.family() != nextHop.family()) {
            throw new IllegalArgumentException(destination + " via " + nextHop + ": two families");
        }
    }
}
