// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.PeerId;

/**
 * From registrations to the routes that the speaker shall announce: through the gate and the profile's bounds.
 *
 * @param terms the profile's bounds
 * @param gate whether a registration may be announced now
 */
public record Announcements(Terms terms, Gate gate) {
    public List<WantedRoute> of(Collection<Registration> rows) {
        return rows.stream().flatMap(row -> of(row).stream()).toList();
    }

    /** None when the gate is closed; one for all peers, unless the bounds let only some of them have it. */
    public List<WantedRoute> of(Registration row) {
        if (!gate.standing(row).open()) {
            return List.of();
        }
        Route route = new Route(row.prefix(), row.nextHop());
        if (row.peer() != null || !terms.isBounded()) {
            PeerId peer = row.peer();
            return peer != null && !terms.allows(peer, row.vip())
                    ? List.of()
                    : List.of(new WantedRoute(route, row.peer()));
        }
        List<PeerId> targets = terms.targets(row);
        List<PeerId> allowed =
                targets.stream().filter(p -> terms.allows(p, row.vip())).toList();
        return allowed.size() == targets.size()
                ? List.of(new WantedRoute(route, null))
                : allowed.stream().map(p -> new WantedRoute(route, p)).toList();
    }

    /** Every form in which a row may ever have been given to the speaker: taking back all of them takes it back. */
    public List<WantedRoute> everyFormOf(Registration row) {
        Route route = new Route(row.prefix(), row.nextHop());
        if (row.peer() != null) {
            return List.of(new WantedRoute(route, row.peer()));
        }
        WantedRoute forAll = new WantedRoute(route, null);
        List<WantedRoute> now = of(row);
        return now.isEmpty() || now.contains(forAll)
                ? List.of(forAll)
                : Stream.concat(Stream.of(forAll), now.stream()).toList();
    }

    /** Why this peer is not to have this row, for an operator; null when it is. */
    public @Nullable String suppressed(Registration row, PeerId peer) {
        if (!terms.knows(peer)) {
            return "peer not configured";
        }
        if (!terms.allows(peer, row.vip())) {
            return "outside allowed_vip_prefixes";
        }
        Gate.Standing standing = gate.standing(row);
        return standing.open() ? null : standing.reason();
    }
}
