// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.net.IpAddress;

/**
 * The back ends of each load balancer, as its HAProxy said when last asked, and whether a VIP may be announced for
 * their sake. A value; {@link BackEnds} asks.
 *
 * @param required whether a VIP needs one that is up
 * @param counted whether somebody wants to know how many are up
 * @param pools by load balancer, then by the pool's name
 */
record Members(boolean required, boolean counted, Map<String, Map<String, Count>> pools) {
    /** Nobody is asked, and no VIP needs any. */
    static final Members NOT_ASKED = new Members(false, false, Map.of());

    Members {
        pools = Map.copyOf(pools);
    }

    /** Whether HAProxy is to be asked. */
    boolean asked() {
        return required || counted;
    }

    /** How many members a pool has, and how many of them take connections. */
    record Count(int up, int all) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(up + other.up, all + other.all);
        }
    }

    /** With what a load balancer's HAProxy says now. */
    Members with(String loadBalancer, Statistics statistics) {
        Map<String, Map<String, Count>> next = new HashMap<>(pools);
        next.put(
                loadBalancer,
                statistics.pools().stream()
                        .collect(Collectors.toMap(
                                Statistics.Pool::id,
                                pool -> new Count(pool.up(), pool.members().size()),
                                Count::plus)));
        return new Members(required, counted, next);
    }

    /** Forgets the load balancers that are gone. */
    Members only(Set<String> loadBalancers) {
        Map<String, Map<String, Count>> next = new HashMap<>(pools);
        next.keySet().retainAll(loadBalancers);
        return new Members(required, counted, next);
    }

    /** For other uses; what nobody asks for is forgotten. */
    Members use(boolean nowRequired, boolean nowCounted) {
        return new Members(nowRequired, nowCounted, nowRequired || nowCounted ? pools : Map.of());
    }

    /** Whether there is a running HAProxy that hasn't said anything yet. */
    boolean lacksOneOf(HaproxySnapshot haproxy) {
        return required
                && haproxy.loadBalancers().stream().anyMatch(one -> one.alive() && !pools.containsKey(one.id()));
    }

    /**
     * Why a VIP that HAProxy serves isn't to be announced; null when it is, and as long as HAProxy hasn't said anything.
     * Listeners without back ends don't count: where none was configured none is missing.
     */
    @Nullable
    String fault(IpAddress vip, HaproxySnapshot haproxy) {
        if (!required) {
            return null;
        }
        Map<String, Count> listeners = listeners(vip, haproxy);
        listeners.values().removeIf(count -> count.all == 0);
        Count all = listeners.values().stream().reduce(Count.NONE, Count::plus);
        return all.all == 0 || all.up > 0
                ? null
                : "no back end of listener" + (listeners.size() == 1 ? " " : "s ")
                        + String.join(", ", listeners.keySet()) + " is up (0 of " + all.all + ")";
    }

    /**
     * How many back ends of a VIP are up, one that several listeners have counted for each of them; null while nobody
     * counts, and as long as not every HAProxy of the VIP has said.
     */
    @Nullable
    Integer up(IpAddress vip, HaproxySnapshot haproxy) {
        boolean known = haproxy.loadBalancers().stream()
                .filter(one -> one.serves(vip))
                .allMatch(one -> pools.containsKey(one.id()));
        return counted && known ? listeners(vip, haproxy).values().stream().reduce(Count.NONE, Count::plus).up : null;
    }

    /** The back ends of each listener of a VIP. */
    private Map<String, Count> listeners(IpAddress vip, HaproxySnapshot haproxy) {
        Map<String, Count> listeners = new LinkedHashMap<>();
        haproxy.loadBalancers().stream()
                .filter(one -> one.serves(vip))
                .forEach(one -> one.running().frontends().stream()
                        .filter(frontend -> frontend.binds(vip))
                        .forEach(frontend -> listeners.put(frontend.id(), count(one.id(), frontend))));
        return listeners;
    }

    private Count count(String loadBalancer, Frontend frontend) {
        Map<String, Count> own = pools.getOrDefault(loadBalancer, Map.of());
        return frontend.pools().stream()
                .map(pool -> own.getOrDefault(pool, Count.NONE))
                .reduce(Count.NONE, Count::plus);
    }
}
