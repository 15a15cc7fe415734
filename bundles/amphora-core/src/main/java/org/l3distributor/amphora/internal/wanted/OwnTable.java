// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;

/**
 * The VIPs that are plugged on this host, and what follows for registrations: one whose next hop is this host's own
 * is announced only while this host serves the VIP; every other next hop is somebody else's to vouch for. Immutable.
 */
public final class OwnTable {
    public static final OwnTable EMPTY = new OwnTable(List.of());

    private final Map<IpAddress, OwnVip> byVip = new TreeMap<>();
    private final Set<IpAddress> nextHops = new HashSet<>();

    public OwnTable(Collection<OwnVip> vips) {
        for (OwnVip own : vips) {
            byVip.put(own.vip(), own);
            IpAddress nextHop = own.nextHop();
            if (nextHop != null) {
                nextHops.add(nextHop);
            }
        }
    }

    /** All of them, by VIP. */
    public List<OwnVip> vips() {
        return List.copyOf(byVip.values());
    }

    /** Those that are to be announced, as registrations of nobody in particular. */
    public List<Registration> served() {
        return byVip.values().stream()
                .filter(OwnVip::served)
                .flatMap(own -> row(own).stream())
                .toList();
    }

    /** Those that are served here and aren't in the next table, in order. */
    public List<IpAddress> lostIn(OwnTable next) {
        return byVip.values().stream()
                .filter(own -> own.served() && next.servedWith(own.vip()) == null)
                .map(OwnVip::vip)
                .toList();
    }

    /** The VIP with its own next hop as a registration for all peers; none without a next hop. */
    public static List<Registration> row(OwnVip own) {
        IpAddress nextHop = own.nextHop();
        return nextHop == null ? List.of() : List.of(new Registration(new Owner.Endpoint(), own.vip(), nextHop, null));
    }

    /** The own next hop of a VIP that is served here; null for any other. */
    public @Nullable IpAddress servedWith(IpAddress vip) {
        OwnVip own = byVip.get(vip);
        return own == null || !own.served() ? null : own.nextHop();
    }

    /** The gate of this host's own next hops; for all others it asks the next one. */
    public Gate.Standing standing(Registration row, Gate others) {
        if (!nextHops.contains(row.nextHop())) {
            return others.standing(row);
        }
        OwnVip own = byVip.get(row.vip());
        if (own == null || !row.nextHop().equals(own.nextHop())) {
            return new Gate.Standing(false, "the VIP is not plugged on this host, whose own address the next hop is");
        }
        return new Gate.Standing(own.served(), own.reason());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnTable table && byVip.equals(table.byVip);
    }

    @Override
    public int hashCode() {
        return byVip.hashCode();
    }
}
