// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/**
 * What all owners want together. A prefix has one next hop at each peer (BGP knows no more without ADD-PATH): that of the
 * wish that came first; the others wait for it to go. A bandwidth is no part of a wish: another one leaves it in its place,
 * and of several that are wanted for one next hop the highest is said.
 *
 * <p>Not thread-safe: it belongs to the speaker's loop.
 */
public final class WantedTable {
    private static final Comparator<WantedRoute> BY_BANDWIDTH = Comparator.comparing(WantedRoute::bandwidth);

    /** A wish with everybody who has it. */
    private static final class Wish {
        /** With the highest bandwidth that one of the owners wants. */
        WantedRoute wanted;

        final Set<String> owners = new HashSet<>(2);

        Wish(WantedRoute wanted) {
            this.wanted = wanted;
        }

        IpAddress nextHop() {
            return wanted.route().nextHop();
        }

        boolean isFor(PeerId other) {
            PeerId peer = wanted.peer();
            return peer == null || peer.equals(other);
        }

        boolean is(WantedRoute other) {
            return nextHop().equals(other.route().nextHop()) && Objects.equals(wanted.peer(), other.peer());
        }
    }

    private final Map<IpPrefix, List<Wish>> wishes = new LinkedHashMap<>();
    /** Of each owner what it wants, by the same without a bandwidth. */
    private final Map<String, Map<WantedRoute, WantedRoute>> owners = new HashMap<>();

    /** The owner wants this; false when it did already, with this bandwidth. */
    public boolean add(String owner, WantedRoute wanted) {
        WantedRoute before = owners.computeIfAbsent(owner, o -> new HashMap<>()).put(wanted.withBandwidth(0), wanted);
        if (wanted.equals(before)) {
            return false;
        }
        List<Wish> all = wishes.computeIfAbsent(wanted.route().prefix(), p -> new ArrayList<>(1));
        for (Wish wish : all) {
            if (wish.is(wanted)) {
                wish.owners.add(owner);
                weigh(wish);
                return true;
            }
        }
        Wish wish = new Wish(wanted);
        wish.owners.add(owner);
        all.add(wish);
        return true;
    }

    /** The owner doesn't want this any more, with whatever bandwidth; false when it didn't. */
    public boolean remove(String owner, WantedRoute wanted) {
        Map<WantedRoute, WantedRoute> own = owners.get(owner);
        if (own == null || own.remove(wanted.withBandwidth(0)) == null) {
            return false;
        }
        IpPrefix prefix = wanted.route().prefix();
        List<Wish> all = wishes.getOrDefault(prefix, List.of());
        all.removeIf(wish -> wish.is(wanted) && wish.owners.remove(owner) && !weigh(wish));
        if (all.isEmpty()) {
            wishes.remove(prefix);
        }
        return true;
    }

    /** Makes a wish's bandwidth that of its owners; false when none is left. */
    private boolean weigh(Wish wish) {
        if (wish.owners.isEmpty()) {
            return false;
        }
        WantedRoute plain = wish.wanted.withBandwidth(0);
        wish.owners.stream()
                .map(owner -> Objects.requireNonNull(
                        Objects.requireNonNull(owners.get(owner)).get(plain)))
                .max(BY_BANDWIDTH)
                .ifPresent(highest -> wish.wanted = highest);
        return true;
    }

    /**
     * What must be removed and added for the owner to want exactly these. What is wanted with another bandwidth than
     * before is added only, so that it keeps its place.
     */
    public Difference difference(String owner, Collection<WantedRoute> routes) {
        Map<WantedRoute, WantedRoute> own = owners.getOrDefault(owner, Map.of());
        Map<WantedRoute, WantedRoute> target = new LinkedHashMap<>();
        routes.forEach(wanted -> target.put(wanted.withBandwidth(0), wanted));
        return new Difference(
                own.values().stream()
                        .filter(w -> !target.containsKey(w.withBandwidth(0)))
                        .toList(),
                target.entrySet().stream()
                        .filter(w -> !w.getValue().equals(own.get(w.getKey())))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    public record Difference(List<WantedRoute> removed, List<WantedRoute> added) {}

    /** What a peer gets for a prefix; null when nobody wants anything there. */
    public @Nullable WantedRoute select(IpPrefix prefix, PeerId peer) {
        Wish selected = null;
        for (Wish wish : wishes.getOrDefault(prefix, List.of())) {
            if (wish.isFor(peer)
                    && (selected == null
                            || (wish.nextHop().equals(selected.nextHop())
                                    && BY_BANDWIDTH.compare(wish.wanted, selected.wanted) > 0))) {
                selected = wish;
            }
        }
        return selected == null ? null : selected.wanted;
    }

    /** The next hop that a peer gets for a prefix; null when nobody wants one there. */
    public @Nullable IpAddress nextHop(IpPrefix prefix, PeerId peer) {
        WantedRoute selected = select(prefix, peer);
        return selected == null ? null : selected.route().nextHop();
    }

    /** Next hops wanted for a prefix at a peer beside the one that it gets. */
    public List<IpAddress> suppressed(IpPrefix prefix, PeerId peer) {
        IpAddress selected = nextHop(prefix, peer);
        return wishes.getOrDefault(prefix, List.of()).stream()
                .filter(w -> w.isFor(peer) && !w.nextHop().equals(selected))
                .map(Wish::nextHop)
                .distinct()
                .toList();
    }

    public Set<IpPrefix> prefixes() {
        return wishes.keySet();
    }
}
