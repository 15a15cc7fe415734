// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * What one amphora says of what it runs: a heartbeat without its counters, so that two of them are equal when nothing has
 * changed.
 *
 * @param listeners HAProxy's word by id
 * @param pools by id; a pool of several listeners is several back ends, each with a word of its own
 */
public record Opinion(Map<String, String> listeners, Map<String, List<Heartbeat.Pool>> pools) {
    public Opinion {
        listeners = Map.copyOf(listeners);
        pools = Map.copyOf(pools);
    }

    public static Opinion of(Heartbeat heartbeat) {
        Map<String, String> listeners = new HashMap<>();
        heartbeat.listeners().forEach((id, listener) -> listeners.put(id, listener.status()));
        Map<String, List<Heartbeat.Pool>> pools = new HashMap<>();
        new TreeMap<>(heartbeat.pools())
                .forEach((key, pool) -> pools.computeIfAbsent(Heartbeat.poolId(key), id -> new ArrayList<>())
                        .add(pool));
        return new Opinion(listeners, pools);
    }

    List<Heartbeat.Pool> pool(String id) {
        return pools.getOrDefault(id, List.of());
    }

    /** Whether it names all that should run: then it isn't from before the last change, or tells the same. */
    boolean covers(LoadBalancerTree tree) {
        return tree.listeners().stream()
                .filter(listener -> runs(tree, listener))
                .allMatch(listener -> listeners.containsKey(listener.id())
                        && Optional.ofNullable(listener.defaultPoolId()).flatMap(tree::pool).stream()
                                .filter(pool -> pool.pool().header().enabled())
                                .allMatch(this::covers));
    }

    private boolean covers(PoolTree pool) {
        List<Heartbeat.Pool> backends = pool(pool.pool().id());
        return !backends.isEmpty()
                && backends.stream()
                        .allMatch(backend -> pool.members().stream()
                                .allMatch(member -> backend.members().containsKey(member.id())));
    }

    static boolean runs(LoadBalancerTree tree, Listener listener) {
        return tree.loadBalancer().header().enabled() && listener.header().enabled();
    }
}
