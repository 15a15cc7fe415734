// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** Which addresses of a subnet a port may have. Pure. */
final class Addresses {
    private Addresses() {}

    /** The lowest address that may be had and isn't taken. */
    static Optional<IpAddress> firstFree(Subnet subnet, Set<IpAddress> taken) {
        IpAddress address = subnet.cidr().address();
        // At most one more try than there are addresses that can't be had: taken ones, and four that never can.
        for (int tries = taken.size() + 4; tries >= 0 && subnet.cidr().contains(address); tries--) {
            if (!taken.contains(address) && fault(subnet, address) == null) {
                return Optional.of(address);
            }
            IpAddress next = next(address);
            if (next.compareTo(address) <= 0) {
                break;
            }
            address = next;
        }
        return Optional.empty();
    }

    /** Why no port can ever have this address of the subnet; null when one can. */
    static @Nullable String fault(Subnet subnet, IpAddress address) {
        IpPrefix cidr = subnet.cidr();
        if (!cidr.contains(address)) {
            return "is not in subnet " + cidr;
        }
        if (address.equals(subnet.gateway())) {
            return "is the gateway of subnet " + cidr;
        }
        int hostBits = cidr.family().bits() - cidr.length();
        if (hostBits > 1
                && address.equals(cidr.address())) { // RFC 3021: a /31 has no such addresses, nor has RFC 6164's /127
            return "is the network address of subnet " + cidr;
        }
        if (hostBits > 1 && cidr.family() == AddressFamily.IPV4 && address.equals(last(cidr))) {
            return "is the broadcast address of subnet " + cidr;
        }
        return null;
    }

    private static IpAddress last(IpPrefix cidr) {
        int hostBits = 32 - cidr.length();
        long host = hostBits == 32 ? 0xFFFF_FFFFL : (1L << hostBits) - 1;
        return IpAddress.v4((int) (cidr.address().low() | host));
    }

    private static IpAddress next(IpAddress address) {
        if (address.family() == AddressFamily.IPV4) {
            return IpAddress.v4((int) (address.low() + 1));
        }
        long low = address.low() + 1;
        return IpAddress.v6(low == 0 ? address.high() + 1 : address.high(), low);
    }
}
