// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * The wanted registrations, those in flight to the store included, and the rules by which they may stand beside each
 * other. Two rows meet when they name the same VIP and a peer in common; rows that meet must agree on next hop and
 * owner. One thread changes it; the ordered rows may be read by any.
 */
public final class Registry {
    private static final int MOST_REFUSALS = 100;

    private final Map<IpAddress, List<Registration>> byVip = new HashMap<>();
    private final NavigableSet<Registration> amphorae = new ConcurrentSkipListSet<>(Order.OF_ROWS);
    private final NavigableSet<Registration> endpoints = new ConcurrentSkipListSet<>(Order.OF_ROWS);
    private Function<IpAddress, @Nullable IpAddress> served = vip -> null;

    /** The registrations of amphorae, or those of non-amphora endpoints, in order; a live view for any thread. */
    public NavigableSet<Registration> rows(boolean ofAmphorae) {
        return ofAmphorae ? amphorae : endpoints;
    }

    public List<Registration> all() {
        List<Registration> all = new ArrayList<>(amphorae);
        all.addAll(endpoints);
        return all;
    }

    /** From now on this host serves these VIPs itself: the function gives the next hop of one, null for any other. */
    public void served(Function<IpAddress, @Nullable IpAddress> ownNextHop) {
        served = ownNextHop;
    }

    /** Forgets everything and takes these rows as they are: they were checked when they were made. */
    public void reset(Collection<Registration> rows) {
        byVip.clear();
        amphorae.clear();
        endpoints.clear();
        rows.forEach(this::add);
    }

    /** Adds all of them, or none. {@code bulk} says how fields are called in refusals. */
    public Decision register(List<Registration> wanted, Terms terms, boolean bulk) {
        if (!terms.profileKnown()) {
            return Decision.refused(List.of(Refusal.notReady(terms.missing())));
        }
        List<Registration> added = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < wanted.size() && refusals.size() < MOST_REFUSALS; i++) {
            Registration row = wanted.get(i);
            List<Refusal> broken = check(row, terms, path(bulk, i));
            refusals.addAll(broken);
            if (broken.isEmpty() && add(row)) {
                added.add(row);
            }
        }
        if (!refusals.isEmpty()) {
            added.forEach(this::remove);
            return Decision.refused(refusals);
        }
        return Decision.changed(new Change(added, List.of()));
    }

    private List<Refusal> check(Registration row, Terms terms, String path) {
        if (contains(row)) {
            return List.of(); // it stands already, even if the terms have changed since
        }
        List<Refusal> broken = terms.check(row, path);
        if (broken.isEmpty()) {
            Refusal conflict = conflict(row, path);
            return conflict == null ? List.of() : List.of(conflict);
        }
        return broken;
    }

    private @Nullable Refusal conflict(Registration row, String path) {
        IpAddress own = served.apply(row.vip());
        if (own != null && !own.equals(row.nextHop())) {
            return Refusal.conflict(
                    path + "nexthop_ip",
                    row.nextHop().toString(),
                    row.vip() + " is served by this host itself with next hop " + own
                            + "; a peer takes one next hop per VIP");
        }
        for (Registration other : byVip.getOrDefault(row.vip(), List.of())) {
            if (!meets(row.peer(), other.peer())) {
                continue;
            }
            if (!other.nextHop().equals(row.nextHop())) {
                return Refusal.conflict(
                        path + "nexthop_ip",
                        row.nextHop().toString(),
                        row.vip() + " is registered with next hop " + other.nextHop() + " for "
                                + peerText(other.peer()) + " by " + other.owner()
                                + "; a peer takes one next hop per VIP");
            }
            if (!other.owner().equals(row.owner())) {
                return Refusal.conflict(
                        path + ownerField(row.owner()),
                        row.owner() instanceof Owner.Amphora a
                                ? a.amphoraId()
                                : row.vip().toString(),
                        row.vip() + " with next hop " + row.nextHop() + " belongs to " + other.owner() + " already");
            }
        }
        return null;
    }

    /** Removes what the removals name, all together; what isn't there is told in {@link Decision#absent}. */
    public Decision unregister(List<Removal> removals, boolean bulk) {
        List<Registration> removed = new ArrayList<>();
        List<Removal> absent = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < removals.size() && refusals.size() < MOST_REFUSALS; i++) {
            Removal removal = removals.get(i);
            List<Registration> found = matching(removal);
            if (found.isEmpty()) {
                absent.add(removal);
            } else if (removal.peer() != null && found.stream().anyMatch(row -> row.peer() == null)) {
                refusals.add(partOfAll(removal, path(bulk, i)));
            } else {
                found.forEach(this::remove);
                removed.addAll(found);
            }
        }
        if (!refusals.isEmpty()) {
            removed.forEach(this::add);
            return Decision.refused(refusals);
        }
        return new Decision(List.of(), new Change(List.of(), removed), absent);
    }

    private List<Registration> matching(Removal removal) {
        return byVip.getOrDefault(removal.vip(), List.of()).stream()
                .filter(row -> row.owner().equals(removal.owner())
                        && row.nextHop().equals(removal.nextHop())
                        && meets(row.peer(), removal.peer()))
                .toList();
    }

    private static Refusal partOfAll(Removal removal, String path) {
        return Refusal.conflict(
                path + "peer_id",
                String.valueOf(removal.peer()),
                "this peer is part of a registration for all peers: unregister without peer_id, then register the"
                        + " peers that are to stay, one by one");
    }

    /** Takes a decision's change back; decisions made after it must have been taken back before. */
    public void undo(Change change) {
        change.added().forEach(this::remove);
        change.removed().forEach(this::add);
    }

    public boolean contains(Registration row) {
        return ordered(row).contains(row);
    }

    /** The next hops with which an owner has a VIP registered. */
    public List<IpAddress> nextHops(Owner owner, IpAddress vip) {
        return byVip.getOrDefault(vip, List.of()).stream()
                .filter(row -> row.owner().equals(owner))
                .map(Registration::nextHop)
                .distinct()
                .toList();
    }

    private boolean add(Registration row) {
        boolean fresh = ordered(row).add(row);
        if (fresh) {
            byVip.computeIfAbsent(row.vip(), vip -> new ArrayList<>(1)).add(row);
        }
        return fresh;
    }

    private void remove(Registration row) {
        ordered(row).remove(row);
        List<Registration> rows = byVip.get(row.vip());
        if (rows != null && rows.remove(row) && rows.isEmpty()) {
            byVip.remove(row.vip());
        }
    }

    private NavigableSet<Registration> ordered(Registration row) {
        return rows(row.owner() instanceof Owner.Amphora);
    }

    /** Null = all peers. */
    private static boolean meets(@Nullable PeerId one, @Nullable PeerId other) {
        return one == null || other == null || one.equals(other);
    }

    private static String path(boolean bulk, int index) {
        return bulk ? "registrations[" + index + "]." : "";
    }

    private static String ownerField(Owner owner) {
        return owner instanceof Owner.Amphora ? "amphora_id" : "vip_ip";
    }

    private static String peerText(@Nullable PeerId peer) {
        return peer == null ? "all peers" : "peer " + peer;
    }
}
