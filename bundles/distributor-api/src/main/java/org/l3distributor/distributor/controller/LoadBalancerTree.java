// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A load balancer with all that belongs to it, read at one moment; deleted things aren't there. */
public record LoadBalancerTree(LoadBalancer loadBalancer, List<Listener> listeners, List<PoolTree> pools) {
    public LoadBalancerTree {
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
    }

    /** A pool with what belongs to it. */
    public record PoolTree(
            Pool pool, List<Member> members, @Nullable HealthMonitor monitor) {
        public PoolTree {
            members = List.copyOf(members);
        }
    }

    public Optional<Listener> listener(String id) {
        return listeners.stream().filter(l -> l.id().equals(id)).findFirst();
    }

    public Optional<PoolTree> pool(String id) {
        return pools.stream().filter(p -> p.pool().id().equals(id)).findFirst();
    }

    public LoadBalancerView view() {
        return new LoadBalancerView(
                loadBalancer,
                listeners.stream().map(Listener::id).toList(),
                pools.stream().map(p -> p.pool().id()).toList());
    }

    /** The view of one of its pools. */
    public PoolView view(PoolTree pool) {
        return new PoolView(
                pool.pool(),
                listeners.stream()
                        .filter(l -> pool.pool().id().equals(l.defaultPoolId()))
                        .map(Listener::id)
                        .toList(),
                pool.members().stream().map(Member::id).toList(),
                pool.monitor() == null ? null : pool.monitor().id());
    }
}
