// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.amphora.internal.wanted.Announcements;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.net.IpAddress;

/** Gives durable rows to the speaker and takes them back. Lives on the loop. */
final class Announcer {
    private static final String OWNER = "registrations";

    /** What the withdrawals of one request have met so far. */
    record Withdrawal(List<Registration> rows, Deliveries deliveries) {}

    private record Withdrawn(Owner owner, IpAddress vip, IpAddress nextHop) {}

    private final Loop loop;
    private final RouteOwner routes;
    private final Map<Withdrawn, Withdrawal> unfinished = new HashMap<>();

    Announcer(Loop loop, BgpSpeaker speaker) {
        this.loop = loop;
        this.routes = speaker.owner(OWNER);
    }

    /** Makes these rows all that is announced. */
    void replaceAll(Collection<Registration> rows, Announcements announcements) {
        Deliveries deliveries = new Deliveries(loop, routes.replaceAll(announcements.of(rows)));
        deliveries.whenComplete(deliveries::failIfBroken);
    }

    Deliveries announce(List<Registration> rows, Announcements announcements) {
        return new Deliveries(
                loop,
                routes.apply(announcements.of(rows).stream()
                        .map(RouteChange::announce)
                        .toList()));
    }

    Withdrawal withdraw(List<Registration> rows, Announcements announcements) {
        List<RouteChange> changes = new ArrayList<>();
        for (Registration row : rows) {
            announcements.everyFormOf(row).forEach(form -> changes.add(RouteChange.withdraw(form)));
        }
        Withdrawal withdrawal = new Withdrawal(rows, new Deliveries(loop, routes.apply(changes)));
        rows.forEach(row -> unfinished.put(key(row), withdrawal));
        withdrawal.deliveries.whenComplete(() -> rows.forEach(row -> unfinished.remove(key(row), withdrawal)));
        return withdrawal;
    }

    /**
     * The part of an earlier withdrawal that a repeated removal asks for, while some peer still has the route; none
     * when nothing is under way. Without it the repetition would be told "not there" before it is true.
     */
    List<Withdrawal> unfinished(Removal removal) {
        Withdrawal earlier = unfinished.get(new Withdrawn(removal.owner(), removal.vip(), removal.nextHop()));
        if (earlier == null) {
            return List.of();
        }
        List<Registration> rows = earlier.rows.stream()
                .filter(row -> row.owner().equals(removal.owner())
                        && row.vip().equals(removal.vip())
                        && row.nextHop().equals(removal.nextHop())
                        && (removal.peer() == null
                                || row.peer() == null
                                || removal.peer().equals(row.peer())))
                .toList();
        return rows.isEmpty() ? List.of() : List.of(new Withdrawal(rows, earlier.deliveries));
    }

    /** The routes stay for the speaker's owner grace time, for whoever comes after us. */
    void leave() {
        routes.leave();
    }

    private static Withdrawn key(Registration row) {
        return new Withdrawn(row.owner(), row.vip(), row.nextHop());
    }
}
