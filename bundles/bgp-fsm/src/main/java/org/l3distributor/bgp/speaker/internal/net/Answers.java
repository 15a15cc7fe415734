// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.internal.rib.ExportRules;
import org.l3distributor.bgp.speaker.internal.rib.Ticket;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Tells a caller what became of changes at one peer. */
final class Answers {
    private Answers() {}

    /** Completes the answer when the peer's socket has taken everything, or at once when it never will. */
    static void answer(
            PeerLoop peer, List<RouteChange> changes, WantedTable table, CompletableFuture<Delivery> answer) {
        String suppressed = suppressed(peer, changes, table);
        if (suppressed != null) {
            answer.complete(new Delivery(Delivery.State.SUPPRESSED, null, suppressed));
            return;
        }
        peer.rib()
                .await(
                        new Ticket() {
                            @Override
                            public void written(Instant at) {
                                answer.complete(new Delivery(Delivery.State.WRITTEN, at, null));
                            }

                            @Override
                            public void sessionDown(String reason) {
                                answer.complete(new Delivery(Delivery.State.SESSION_DOWN, null, reason));
                            }
                        },
                        Instant.now());
    }

    private static @Nullable String suppressed(PeerLoop peer, List<RouteChange> changes, WantedTable table) {
        for (RouteChange change : changes) {
            PeerId target = change.wanted().peer();
            if (change.action() == RouteChange.Action.ANNOUNCE && (target == null || target.equals(peer.id()))) {
                String reason = reason(peer, change.wanted().route(), table);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return null;
    }

    /** Why this route isn't sent to this peer; null when nothing stands in its way but the session itself. */
    static @Nullable String reason(PeerLoop peer, Route route, WantedTable table) {
        IpAddress selected = table.nextHop(route.prefix(), peer.id());
        if (selected != null && !selected.equals(route.nextHop())) {
            return "the next hop " + selected + " holds " + route.prefix() + " at this peer";
        }
        String objection = ExportRules.objection(peer.settings(), route.prefix(), route.nextHop());
        if (objection != null) {
            return objection;
        }
        boolean negotiated =
                !peer.rib().isUp() || peer.rib().isSendable(route.prefix().family());
        if (!negotiated || !peer.settings().families().contains(route.prefix().family())) {
            return "IPv" + route.prefix().family().ipVersion() + " routes are not negotiated with this peer";
        }
        return null;
    }
}
