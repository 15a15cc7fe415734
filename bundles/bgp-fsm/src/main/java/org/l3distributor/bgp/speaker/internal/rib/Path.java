// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.net.IpAddress;

/**
 * What routes to one peer may differ in: those with equal paths share UPDATEs.
 *
 * @param bandwidth that of the next hop as this peer is told; null = nothing is said of it
 */
public record Path(IpAddress nextHop, @Nullable ExtendedCommunity bandwidth) {
    boolean is(IpAddress otherNextHop, @Nullable ExtendedCommunity otherBandwidth) {
        return nextHop.equals(otherNextHop) && Objects.equals(bandwidth, otherBandwidth);
    }

    /** The bandwidth in bytes per second; 0 when nothing is said. */
    public float bytesPerSecond() {
        return bandwidth == null ? 0 : (float) bandwidth.linkBandwidth().orElse(0);
    }
}
