// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** The next tree of a load balancer, made from the one before. */
final class Trees {
    private Trees() {}

    static LoadBalancerTree with(LoadBalancerTree tree, LoadBalancer next) {
        return new LoadBalancerTree(next, tree.listeners(), tree.pools());
    }

    /** What belongs to it is changing, and so it is. */
    static LoadBalancerTree changing(LoadBalancerTree tree) {
        LoadBalancer old = tree.loadBalancer();
        return with(tree, old.with(old.header().with(ProvisioningStatus.PENDING_UPDATE)));
    }

    static LoadBalancerTree plus(LoadBalancerTree tree, Listener listener) {
        return new LoadBalancerTree(tree.loadBalancer(), appended(tree.listeners(), listener), tree.pools());
    }

    static LoadBalancerTree plus(LoadBalancerTree tree, Pool pool) {
        PoolTree more = new PoolTree(pool, List.of(), null);
        return new LoadBalancerTree(tree.loadBalancer(), tree.listeners(), appended(tree.pools(), more));
    }

    static LoadBalancerTree listeners(LoadBalancerTree tree, UnaryOperator<Listener> change) {
        return new LoadBalancerTree(
                tree.loadBalancer(), tree.listeners().stream().map(change).toList(), tree.pools());
    }

    static LoadBalancerTree pool(LoadBalancerTree tree, String id, UnaryOperator<PoolTree> change) {
        return new LoadBalancerTree(
                tree.loadBalancer(),
                tree.listeners(),
                tree.pools().stream()
                        .map(p -> p.pool().id().equals(id) ? change.apply(p) : p)
                        .toList());
    }

    /** A pool of which members are another, and which so is changing. */
    static LoadBalancerTree members(LoadBalancerTree tree, String poolId, List<Member> members) {
        return pool(tree, poolId, p -> new PoolTree(pending(p.pool()), members, p.monitor()));
    }

    static LoadBalancerTree monitor(LoadBalancerTree tree, String poolId, HealthMonitor monitor) {
        return pool(tree, poolId, p -> new PoolTree(pending(p.pool()), p.members(), monitor));
    }

    private static Pool pending(Pool pool) {
        return pool.header().provisioning() == ProvisioningStatus.PENDING_CREATE
                ? pool
                : pool.with(pool.header().with(ProvisioningStatus.PENDING_UPDATE));
    }

    static <T> List<T> appended(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }
}
