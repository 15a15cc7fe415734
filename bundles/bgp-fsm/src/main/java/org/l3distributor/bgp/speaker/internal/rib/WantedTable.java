// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/**
 * What all owners want together. A prefix has one next hop at each peer (BGP knows no more without ADD-PATH): that of the
 * wish that came first; the others wait for it to go.
 *
 * <p>Not thread-safe: it belongs to the speaker's loop.
 */
public final class WantedTable {
    /** A wish with everybody who has it. */
    private static final class Wish {
        final IpAddress nextHop;
        final @Nullable PeerId peer;
        final Set<String> owners = new HashSet<>(2);

        Wish(IpAddress nextHop, @Nullable PeerId peer) {
            this.nextHop = nextHop;
            this.peer = peer;
        }

        boolean isFor(PeerId other) {
            return peer == null || peer.equals(other);
        }

        boolean is(WantedRoute wanted) {
            return nextHop.equals(wanted.route().nextHop())
                    && (peer == null ? wanted.peer() == null : peer.equals(wanted.peer()));
        }
    }

    private final Map<IpPrefix, List<Wish>> wishes = new LinkedHashMap<>();
    private final Map<String, Set<WantedRoute>> owners = new HashMap<>();

    /** The owner wants this; false when it did already. */
    public boolean add(String owner, WantedRoute wanted) {
        if (!owners.computeIfAbsent(owner, o -> new HashSet<>()).add(wanted)) {
            return false;
        }
        List<Wish> all = wishes.computeIfAbsent(wanted.route().prefix(), p -> new ArrayList<>(1));
        for (Wish wish : all) {
            if (wish.is(wanted)) {
                return wish.owners.add(owner);
            }
        }
        Wish wish = new Wish(wanted.route().nextHop(), wanted.peer());
        wish.owners.add(owner);
        all.add(wish);
        return true;
    }

    /** The owner doesn't want this any more; false when it didn't. */
    public boolean remove(String owner, WantedRoute wanted) {
        Set<WantedRoute> own = owners.get(owner);
        if (own == null || !own.remove(wanted)) {
            return false;
        }
        IpPrefix prefix = wanted.route().prefix();
        List<Wish> all = wishes.getOrDefault(prefix, List.of());
        all.removeIf(wish -> wish.is(wanted) && wish.owners.remove(owner) && wish.owners.isEmpty());
        if (all.isEmpty()) {
            wishes.remove(prefix);
        }
        return true;
    }

    /** What must be removed and added for the owner to want exactly these. */
    public Difference difference(String owner, Collection<WantedRoute> routes) {
        Set<WantedRoute> own = owners.getOrDefault(owner, Set.of());
        Set<WantedRoute> target = new HashSet<>(routes);
        return new Difference(
                own.stream().filter(w -> !target.contains(w)).toList(),
                routes.stream().filter(w -> !own.contains(w)).distinct().toList());
    }

    public record Difference(List<WantedRoute> removed, List<WantedRoute> added) {}

    /** The next hop that a peer gets for a prefix; null when nobody wants one there. */
    public @Nullable IpAddress select(IpPrefix prefix, PeerId peer) {
        for (Wish wish : wishes.getOrDefault(prefix, List.of())) {
            if (wish.isFor(peer)) {
                return wish.nextHop;
            }
        }
        return null;
    }

    /** Next hops wanted for a prefix at a peer beside the one that it gets. */
    public List<IpAddress> suppressed(IpPrefix prefix, PeerId peer) {
        IpAddress selected = select(prefix, peer);
        return wishes.getOrDefault(prefix, List.of()).stream()
                .filter(w -> w.isFor(peer) && !w.nextHop.equals(selected))
                .map(w -> w.nextHop)
                .distinct()
                .toList();
    }

    public Set<IpPrefix> prefixes() {
        return wishes.keySet();
    }
}
