// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.Transaction;

/**
 * Writes what is another in the next tree than in the one that was read, whose load balancer is locked: rows that are new,
 * and rows that were changed. Nothing is deleted here; what goes is pending until it's gone from the amphorae.
 */
final class TreeWriter {
    private TreeWriter() {}

    static void write(Transaction tx, LoadBalancerTree old, LoadBalancerTree next) {
        rows(tx.pools(), pools(old), pools(next), Pool::id); // before the listeners that refer to them
        rows(tx.listeners(), old.listeners(), next.listeners(), Listener::id);
        rows(tx.members(), members(old), members(next), Member::id);
        rows(tx.monitors(), monitors(old), monitors(next), HealthMonitor::id);
        if (!old.loadBalancer().equals(next.loadBalancer())) {
            swap(tx.loadBalancers(), old.loadBalancer(), next.loadBalancer());
        }
    }

    private static <T> void rows(Rows<T> rows, List<T> old, List<T> next, Function<T, String> id) {
        Map<String, T> before = new HashMap<>();
        old.forEach(row -> before.put(id.apply(row), row));
        for (T row : next) {
            T was = before.get(id.apply(row));
            if (was == null) {
                rows.insert(row);
            } else if (!was.equals(row)) {
                swap(rows, was, row);
            }
        }
    }

    private static <T> void swap(Rows<T> rows, T expected, T next) {
        if (!rows.update(expected, next)) {
            throw new IllegalStateException("changed under the lock of its load balancer: " + expected);
        }
    }

    private static List<Pool> pools(LoadBalancerTree tree) {
        return tree.pools().stream().map(PoolTree::pool).toList();
    }

    private static List<Member> members(LoadBalancerTree tree) {
        return tree.pools().stream().flatMap(p -> p.members().stream()).toList();
    }

    private static List<HealthMonitor> monitors(LoadBalancerTree tree) {
        List<HealthMonitor> monitors = new ArrayList<>();
        for (PoolTree pool : tree.pools()) {
            if (pool.monitor() != null) {
                monitors.add(pool.monitor());
            }
        }
        return monitors;
    }
}
