// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * A way that leads through an interface.
 *
 * @param nextHop a router on the wire of the interface, even when no subnet says so
 */
public record HostRoute(IpPrefix destination, IpAddress nextHop) {
    public HostRoute {
        if (nextHop.family() != destination.family() || nextHop.isUnspecified() || nextHop.isMulticast()) {
            throw new IllegalArgumentException("next hop " + nextHop + " can't lead to " + destination);
        }
    }
}
