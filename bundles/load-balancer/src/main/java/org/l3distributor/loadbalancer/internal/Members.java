// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.net.IpAddress;

/**
 * The back ends of each load balancer, as its HAProxy said when last asked, and whether a VIP may be announced for
 * their sake. A value; {@link BackEnds} asks.
 *
 * @param required whether a VIP needs one that is up
 * @param pools by load balancer, then by the pool's name
 */
record Members(boolean required, Map<String, Map<String, Count>> pools) {
    /** Nobody is asked, and no VIP needs any. */
    static final Members NOT_REQUIRED = new Members(false, Map.of());

    Members {
        pools = Map.copyOf(pools);
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
        return new Members(required, next);
    }

    /** Forgets the load balancers that are gone. */
    Members only(Set<String> loadBalancers) {
        Map<String, Map<String, Count>> next = new HashMap<>(pools);
        next.keySet().retainAll(loadBalancers);
        return new Members(required, next);
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
        List<LoadBalancerState> serving =
                haproxy.loadBalancers().stream().filter(one -> one.serves(vip)).toList();
        Map<String, Count> listeners = new LinkedHashMap<>();
        serving.forEach(one -> one.running().frontends().stream()
                .filter(frontend -> frontend.binds(vip))
                .forEach(frontend -> listeners.put(frontend.id(), count(one.id(), frontend))));
        listeners.values().removeIf(count -> count.all == 0);
        Count all = listeners.values().stream().reduce(Count.NONE, Count::plus);
        return all.all == 0 || all.up > 0
                ? null
                : "no back end of listener" + (listeners.size() == 1 ? " " : "s ")
                        + String.join(", ", listeners.keySet()) + " is up (0 of " + all.all + ")";
    }

    private Count count(String loadBalancer, Frontend frontend) {
        Map<String, Count> own = pools.getOrDefault(loadBalancer, Map.of());
        return frontend.pools().stream()
                .map(pool -> own.getOrDefault(pool, Count.NONE))
                .reduce(Count.NONE, Count::plus);
    }
}
