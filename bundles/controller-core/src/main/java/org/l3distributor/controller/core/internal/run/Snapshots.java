// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.World;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Reads the tables for a flow. */
public final class Snapshots {
    private Snapshots() {}

    /**
     * What a task's flow decides from. The load balancer's row is locked, so that the flows of one load balancer, and its
     * users, write one after the other.
     */
    static World world(Transaction tx, Task task, Memo memo, String distributorId) {
        String id = memo.loadBalancerId().isEmpty() ? task.targetId() : memo.loadBalancerId();
        Optional<LoadBalancerTree> tree = tx.loadBalancers().lock(id).map(lb -> tree(tx, lb));
        String profile = task.kind().equals(Kind.AMPHORA_PUSH.name()) ? profile(tx, task.targetId()) : "";
        return new World(tree, amphorae(tx, id), distributorId, dedicated(tx, distributorId), profile, tx.now());
    }

    private static String profile(Transaction tx, String amphoraId) {
        StringBuilder versions = new StringBuilder();
        for (BgpSpeaker speaker : tx.speakers().of(amphoraId)) {
            versions.append(speaker.id()).append('@').append(speaker.version());
            for (BgpPeer peer : tx.speakers().peers(speaker.id())) {
                versions.append(' ').append(peer.id()).append('@').append(peer.version());
            }
        }
        return versions.toString();
    }

    private static boolean dedicated(Transaction tx, String distributorId) {
        return tx.distributors().find(distributorId).map(Distributor::dedicated).orElse(false);
    }

    /** A load balancer's amphorae that aren't deleted, by id. */
    public static List<Amphora> amphorae(Transaction tx, String loadBalancerId) {
        return tx.amphorae().page(Query.where("load_balancer_id", loadBalancerId)).stream()
                .filter(a -> a.status() != ProvisioningStatus.DELETED)
                .toList();
    }

    /** A load balancer with all that belongs to it. */
    public static LoadBalancerTree tree(Transaction tx, LoadBalancer loadBalancer) {
        List<PoolTree> pools = new ArrayList<>();
        for (Pool pool : tx.pools().page(of(loadBalancer))) {
            Query ofPool = Query.where("pool_id", pool.id()).by("created_at", true);
            Optional<HealthMonitor> monitor = tx.monitors().page(Query.where("pool_id", pool.id())).stream()
                    .findFirst();
            pools.add(new PoolTree(pool, tx.members().page(ofPool), monitor.orElse(null)));
        }
        return new LoadBalancerTree(loadBalancer, tx.listeners().page(of(loadBalancer)), pools);
    }

    private static Query of(LoadBalancer loadBalancer) {
        return Query.where("load_balancer_id", loadBalancer.id()).by("created_at", true);
    }
}
