// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.time.Instant;
import java.util.List;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpAddress;

/** The rows of one peer's Adj-RIB-Out for the looking glass: what it has, what waits, and what another route keeps out. */
final class AdvertisedRows {
    private AdvertisedRows() {}

    static void of(PeerLoop peer, WantedTable table, List<AdvertisedRoute> rows) {
        peer.rib().forEachWanted((prefix, path) -> {
            rows.add(row(peer, new Route(prefix, path.nextHop()), path.bytesPerSecond(), table));
            for (IpAddress other : table.suppressed(prefix, peer.id())) {
                rows.add(row(peer, new Route(prefix, other), 0, table));
            }
        });
    }

    private static AdvertisedRoute row(PeerLoop peer, Route route, float bandwidth, WantedTable table) {
        String reason = Answers.reason(peer, route, table);
        if (reason != null) {
            return new AdvertisedRoute(peer.id(), route, 0, Delivery.State.SUPPRESSED, null, reason);
        }
        Instant written = peer.rib().writtenAt(route.prefix());
        if (written != null) {
            return new AdvertisedRoute(peer.id(), route, bandwidth, Delivery.State.WRITTEN, written, null);
        }
        String why = peer.rib().isUp() ? "not written yet" : "the session is down";
        return new AdvertisedRoute(peer.id(), route, bandwidth, Delivery.State.SESSION_DOWN, null, why);
    }
}
