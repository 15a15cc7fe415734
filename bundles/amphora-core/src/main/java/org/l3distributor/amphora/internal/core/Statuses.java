// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Announcements;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.PeerId;

/** From what the speaker says to what a caller is told. */
final class Statuses {
    private record Place(PeerId peer, Route route) {}

    private Statuses() {}

    /** A registered row, by what its own announcement met at each peer. */
    static RegistrationStatus registered(Registration row, Announcements announcements, Deliveries deliveries) {
        return status(row, announcements, peer -> {
            Delivery delivery = deliveries.at(peer);
            return delivery == null ? null : announced(peer, delivery.state(), delivery.at(), delivery.reason());
        });
    }

    /** Registered rows, by what stands in the peers' Adj-RIB-Out. */
    static List<RegistrationStatus> listed(
            List<Registration> rows, Announcements announcements, List<AdvertisedRoute> table) {
        Map<Place, AdvertisedRoute> places = new HashMap<>(table.size() * 2);
        table.forEach(entry -> places.put(new Place(entry.peer(), entry.route()), entry));
        return rows.stream()
                .map(row -> status(row, announcements, peer -> {
                    AdvertisedRoute entry = places.get(new Place(peer, new Route(row.prefix(), row.nextHop())));
                    return entry == null ? null : announced(peer, entry.state(), entry.writtenAt(), entry.reason());
                }))
                .toList();
    }

    /** A removed row. A peer that hasn't told yet may still have the route. */
    static RegistrationStatus removed(Registration row, Deliveries deliveries) {
        PeerId only = row.peer();
        List<PeerRoute> peers = deliveries.peers().stream()
                .filter(peer -> only == null || only.equals(peer))
                .map(peer -> withdrawn(peer, deliveries.at(peer)))
                .toList();
        return new RegistrationStatus(row, peers);
    }

    private static PeerRoute withdrawn(PeerId peer, @Nullable Delivery delivery) {
        return delivery == null
                ? stillWriting(peer)
                : new PeerRoute(peer, RouteState.WITHDRAWN, delivery.at(), delivery.reason());
    }

    private static RegistrationStatus status(
            Registration row, Announcements announcements, Function<PeerId, @Nullable PeerRoute> known) {
        PeerId only = row.peer();
        List<PeerId> peers = only == null ? announcements.terms().targets(row) : List.of(only);
        return new RegistrationStatus(
                row,
                peers.stream()
                        .map(peer -> {
                            String suppressed = announcements.suppressed(row, peer);
                            if (suppressed != null) {
                                return new PeerRoute(peer, RouteState.SUPPRESSED, null, suppressed);
                            }
                            PeerRoute route = known.apply(peer);
                            return route == null ? stillWriting(peer) : route;
                        })
                        .toList());
    }

    private static PeerRoute stillWriting(PeerId peer) {
        return new PeerRoute(peer, RouteState.PENDING, null, RegistrationStatus.STILL_WRITING);
    }

    private static PeerRoute announced(
            PeerId peer, Delivery.State state, @Nullable Instant at, @Nullable String reason) {
        return switch (state) {
            case WRITTEN -> new PeerRoute(peer, RouteState.ANNOUNCED, at, null);
            case SESSION_DOWN -> new PeerRoute(peer, RouteState.PENDING, null, reason);
            case SUPPRESSED -> new PeerRoute(peer, RouteState.SUPPRESSED, null, reason);
        };
    }
}
