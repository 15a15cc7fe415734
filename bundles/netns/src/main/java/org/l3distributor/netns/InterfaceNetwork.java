// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * A subnet that is reached directly through an interface.
 *
 * @param address this host's own in it; null when it has none. IPv4 always needs one: a neighbour is asked for in the
 *     name of some address, and without one of the interface that would be a VIP
 * @param gateway the router of this subnet, which may also lie outside of it; null when there is none. It carries the
 *     default route on the front end, and nothing on any other interface
 */
public record InterfaceNetwork(
        IpPrefix subnet,
        @Nullable IpAddress address,
        @Nullable IpAddress gateway) {
    public InterfaceNetwork {
        if (address == null && subnet.family() == AddressFamily.IPV4) {
            throw new IllegalArgumentException("subnet " + subnet + " needs an address of this host");
        }
        if (address != null && (!subnet.contains(address) || !isHost(address))) {
            throw new IllegalArgumentException("address " + address + " is not that of a host in subnet " + subnet);
        }
        if (gateway != null && (gateway.family() != subnet.family() || !isHost(gateway) || gateway.equals(address))) {
            throw new IllegalArgumentException("gateway " + gateway + " can't be the router of subnet " + subnet);
        }
    }

    private static boolean isHost(IpAddress address) {
        return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast() && !address.isBroadcast();
    }

    /** The subnet of an address with its prefix length, such as 10.20.0.11 and 24. */
    public static InterfaceNetwork of(IpAddress address, int prefixLength, @Nullable IpAddress gateway) {
        return new InterfaceNetwork(new IpPrefix(address.masked(prefixLength), prefixLength), address, gateway);
    }
}
