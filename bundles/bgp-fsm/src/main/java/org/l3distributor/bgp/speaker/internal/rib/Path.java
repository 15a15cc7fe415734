// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.net.IpAddress;

/**
 * What routes to one peer may differ in: those with equal paths share UPDATEs. A value, but no record: it is compared and looked up for
 * every route of a table, and a record's methods are slow in a machine that has just started.
 */
public final class Path {
    private final IpAddress nextHop;
    private final @Nullable ExtendedCommunity bandwidth;
    private final int hash;

    /** @param bandwidth that of the next hop as the peer is told; null = nothing is said of it */
    public Path(IpAddress nextHop, @Nullable ExtendedCommunity bandwidth) {
        this.nextHop = nextHop;
        this.bandwidth = bandwidth;
        this.hash = nextHop.hashCode() * 31 + Objects.hashCode(bandwidth);
    }

    public IpAddress nextHop() {
        return nextHop;
    }

    @Nullable
    ExtendedCommunity bandwidth() {
        return bandwidth;
    }

    /** The bandwidth in bytes per second; 0 when nothing is said. */
    public float bytesPerSecond() {
        return bandwidth == null ? 0 : (float) bandwidth.linkBandwidth().orElse(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Path path
                        && hash == path.hash
                        && nextHop.equals(path.nextHop)
                        && Objects.equals(bandwidth, path.bandwidth));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return nextHop + (bandwidth == null ? "" : " " + bandwidth);
    }
}
