// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What may go to a peer, and how it is said, whatever its session has agreed on. */
public final class ExportRules {
    private ExportRules() {}

    /** Why this route is kept from this peer, for an operator; null when it isn't. */
    public static @Nullable String objection(PeerSettings peer, IpPrefix prefix, IpAddress nextHop) {
        if (nextHop.family() != prefix.family()) {
            return "a next hop of " + nextHop.family() + " for a route of " + prefix.family()
                    + " needs RFC 8950, which isn't supported";
        }
        if (nextHop.equals(peer.address())) {
            return "the next hop is the peer itself (RFC 4271 section 5.1.3)";
        }
        return null;
    }

    /** How a bandwidth is said to this peer; null when it isn't. */
    public static @Nullable ExtendedCommunity bandwidth(PeerSettings peer, float bytesPerSecond) {
        return bytesPerSecond == 0 || peer.linkBandwidth() == LinkBandwidth.NONE
                ? null
                : ExtendedCommunity.linkBandwidth(
                        peer.linkBandwidth() == LinkBandwidth.TRANSITIVE, peer.localAs(), bytesPerSecond);
    }
}
