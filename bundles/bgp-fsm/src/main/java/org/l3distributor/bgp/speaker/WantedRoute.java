// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;

/**
 * A route somebody wants announced.
 *
 * @param peer the one peer to announce it to; null = every peer, also later ones
 * @param bandwidth what the next hop can take in bytes per second, from which a router makes its share; finite, 0 =
 *     nothing is said of it. Only peers with {@link PeerSettings#linkBandwidth} hear of it. It is no part of what the
 *     route is: who announces again with another one changes it, and who withdraws need not know it
 */
public record WantedRoute(Route route, @Nullable PeerId peer, float bandwidth) {
    public WantedRoute {
        if (!(bandwidth >= 0 && bandwidth < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the bandwidth of " + route + " must be 0 or more, got " + bandwidth);
        }
    }

    public WantedRoute(Route route, @Nullable PeerId peer) {
        this(route, peer, 0);
    }

    public WantedRoute withBandwidth(float bytesPerSecond) {
        return bytesPerSecond == bandwidth ? this : new WantedRoute(route, peer, bytesPerSecond);
    }

    /** As a record's own, but fast in a machine that has just started: these are keys of whole tables. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof WantedRoute wanted
                        && Float.compare(bandwidth, wanted.bandwidth) == 0
                        && route.equals(wanted.route)
                        && Objects.equals(peer, wanted.peer));
    }

    @Override
    public int hashCode() {
        return 31 * route.hashCode() + Objects.hashCode(peer);
    }
}
