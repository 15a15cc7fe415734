// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Which addresses can be a VIP. */
final class VipRules {
    private VipRules() {}

    /**
     * The same address.
     *
     * @throws IllegalArgumentException naming the address and the rule
     */
    static IpAddress checked(IpAddress vip) {
        String kind = kind(vip);
        if (kind != null) {
            throw new IllegalArgumentException(
                    "VIP " + vip + " is " + kind + "; a VIP is a unicast address that others" + " can reach");
        }
        return vip;
    }

    private static @Nullable String kind(IpAddress vip) {
        if (vip.isUnspecified()) {
            return "the unspecified address";
        } else if (vip.isLoopback()) {
            return "a loopback address";
        } else if (vip.isMulticast()) {
            return "a multicast address";
        } else if (vip.isLinkLocal()) {
            return "a link-local address";
        } else if (vip.isBroadcast()) {
            return "the broadcast address";
        } else if (vip.isIpv4Mapped()) {
            return "an IPv4-mapped IPv6 address";
        } else if (vip.family() == AddressFamily.IPV4 && vip.low() >>> 24 == 0) {
            return "an address of \"this network\" (0.0.0.0/8, RFC 1122 section 3.2.1.3)";
        }
        return null;
    }
}
