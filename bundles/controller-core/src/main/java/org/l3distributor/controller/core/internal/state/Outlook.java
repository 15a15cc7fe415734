// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * What this controller has heard from amphorae, and for which load balancers that says something new. Amphorae tell one
 * controller after the other, so each has its own outlook, a little older or newer than the others'. Therefore a state is
 * written when an opinion changes here, and not whenever the tables differ: two controllers would undo each other's news.
 * Where they have differed for longer than all have had to hear all amphorae, somebody else has changed the tables, and
 * that is written over. Not for several threads; times are those of whoever calls.
 */
public final class Outlook {
    /**
     * A load balancer as the tables have it.
     *
     * @param serving the amphorae in service
     * @param lead who leads to them
     */
    public record Place(LoadBalancerTree tree, Set<String> serving, Lead lead) {
        public Place {
            serving = Set.copyOf(serving);
        }

        String id() {
            return tree.loadBalancer().id();
        }

        /** Grows with every change that a user or a flow makes. */
        public long version() {
            return tree.loadBalancer().header().version();
        }
    }

    /** @param since when this version was seen for the first time */
    private record Watched(Place place, Instant since) {}

    private record Said(Opinion opinion, Instant at) {}

    /** @param since when exactly these differences were seen for the first time */
    private record Difference(Map<String, OperatingStatus> wanted, Instant since) {}

    private final Duration patience;
    private final Map<String, Said> said = new HashMap<>();
    private final Set<String> news = new TreeSet<>();
    private final Map<String, Difference> differences = new HashMap<>();
    private Map<String, Watched> watched = Map.of();
    private Map<String, String> loadBalancers = Map.of(); // by amphora

    /** @param patience an opinion that is older counts no more; longer than all controllers need to hear all amphorae */
    public Outlook(Duration patience) {
        this.patience = patience;
    }

    /** All load balancers that aren't about to come or go, as the tables have them now. */
    public void tables(Collection<Place> places, Instant now) {
        Map<String, Watched> next = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Place place : places) {
            String id = place.id();
            Watched before = watched.get(id);
            next.put(id, new Watched(place, since(before, place, now)));
            place.serving().forEach(amphora -> owners.put(amphora, id));
            if (before == null
                    || !before.place().serving().equals(place.serving())
                    || before.place().lead() != place.lead()) {
                news.add(id);
            }
        }
        watched = next;
        loadBalancers = owners;
        said.keySet().retainAll(owners.keySet());
        news.retainAll(next.keySet());
        differences.keySet().retainAll(next.keySet());
        next.values().forEach(one -> compare(one, now));
    }

    private static Instant since(@Nullable Watched before, Place place, Instant now) {
        return before != null && before.place().version() == place.version() ? before.since() : now;
    }

    private void compare(Watched one, Instant now) {
        String id = one.place().id();
        Map<String, OperatingStatus> wanted = opinions(one, now)
                .map(opinions -> differing(one.place(), opinions))
                .orElse(Map.of());
        Difference before = differences.get(id);
        if (wanted.isEmpty()) {
            differences.remove(id);
        } else if (before == null || !before.wanted().equals(wanted)) {
            differences.put(id, new Difference(wanted, now));
        } else if (!before.since().plus(patience).isAfter(now)) {
            news.add(id);
        }
    }

    private static Map<String, OperatingStatus> differing(Place place, List<Opinion> opinions) {
        LoadBalancerTree tree = place.tree();
        Map<String, OperatingStatus> wanted = Verdicts.of(tree, opinions);
        tree.listeners().forEach(l -> wanted.remove(l.id(), l.header().operating()));
        tree.pools().forEach(p -> {
            wanted.remove(p.pool().id(), p.pool().header().operating());
            p.members().forEach(m -> wanted.remove(m.id(), m.header().operating()));
        });
        Verdicts.whole(tree.loadBalancer(), place.serving().size(), place.lead())
                .filter(whole -> whole != tree.loadBalancer().header().operating())
                .ifPresent(whole -> wanted.put(place.id(), whole));
        return wanted;
    }

    /** An amphora has told something, whether or not it does all that it should. */
    public void heard(Heartbeat heartbeat, Instant now) {
        String loadBalancer = loadBalancers.get(heartbeat.amphora());
        if (loadBalancer == null) {
            return;
        }
        Opinion opinion = Opinion.of(heartbeat);
        Said before = said.put(heartbeat.amphora(), new Said(opinion, now));
        if (before == null || !before.opinion().equals(opinion)) {
            news.add(loadBalancer);
        }
    }

    /** The load balancers of which there is something to write, and of which all amphorae have been heard. */
    public List<String> due(Instant now) {
        return news.stream()
                .filter(id -> {
                    Watched one = watched.get(id);
                    return one != null && opinions(one, now).isPresent();
                })
                .toList();
    }

    /** What the amphorae of one that is due say, and as which version of it that is meant. */
    public record Due(List<Opinion> opinions, long version) {}

    /** @throws IllegalStateException when it isn't due */
    public Due of(String loadBalancerId, Instant now) {
        Watched one = watched.get(loadBalancerId);
        if (one == null) {
            throw new IllegalStateException("not watched: load balancer " + loadBalancerId);
        }
        return new Due(opinions(one, now).orElseThrow(), one.place().version());
    }

    /** What was due is written. */
    public void written(String loadBalancerId) {
        news.remove(loadBalancerId);
        differences.remove(loadBalancerId);
    }

    /**
     * Those of all that serve; empty while one is missing. One that was told before the last change, and doesn't know of
     * it, is missing: it says of something new that it isn't there.
     */
    private Optional<List<Opinion>> opinions(Watched one, Instant now) {
        List<Opinion> opinions = new ArrayList<>();
        for (String amphora : one.place().serving()) {
            Said last = said.get(amphora);
            if (last == null || !counts(one, last, now)) {
                return Optional.empty();
            }
            opinions.add(last.opinion());
        }
        return Optional.of(opinions);
    }

    private boolean counts(Watched one, Said last, Instant now) {
        return last.at().plus(patience).isAfter(now)
                && (last.at().isAfter(one.since())
                        || last.opinion().covers(one.place().tree()));
    }
}
