// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.World;
import org.l3distributor.controller.core.internal.state.Lead;
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
    private static final Set<ProvisioningStatus> GOING =
            EnumSet.of(ProvisioningStatus.PENDING_DELETE, ProvisioningStatus.ERROR, ProvisioningStatus.DELETED);

    private Snapshots() {}

    /**
     * What a task's flow decides from. The load balancer's row is locked, so that the flows of one load balancer, and its
     * users, write one after the other; of a task about a distributor, that one's.
     *
     * @param defaultDistributor who leads traffic to load balancers whose users chose nobody; one that another has already
     *     stays there
     */
    static World world(Transaction tx, Task task, Memo memo, String defaultDistributor) {
        String id = memo.ownerId().isEmpty() ? task.targetId() : memo.ownerId();
        Optional<LoadBalancerTree> tree = tx.loadBalancers().lock(id).map(lb -> tree(tx, lb));
        Optional<Distributor> owner =
                tree.isPresent() ? Optional.empty() : tx.distributors().lock(id);
        String profile = task.kind().equals(Kind.AMPHORA_PUSH.name()) ? profile(tx, task) : "";
        List<Amphora> amphorae = new ArrayList<>(
                tx.amphorae().page(Query.where(owner.isPresent() ? "l3d_distributor_id" : "load_balancer_id", id)));
        tx.amphorae()
                .find(task.targetId())
                .filter(target -> amphorae.stream().noneMatch(a -> a.id().equals(target.id())))
                .ifPresent(amphorae::add);
        String distributorId = owner.map(Distributor::id)
                .or(() -> tree.flatMap(t -> tx.distributors().leader(id)))
                .or(() -> tree.map(t -> t.loadBalancer().distributorId()))
                .orElse(defaultDistributor);
        Optional<Distributor> distributor = owner.or(() -> tx.distributors().find(distributorId));
        Lead lead = distributor
                .filter(d -> tree.isPresent() && d.dedicated())
                .map(d -> Lead.of(speakers(tx, d.id()), speaker -> false))
                .orElse(Lead.THERE);
        return new World(
                tree,
                amphorae,
                distributorId,
                distributor,
                lead,
                owner.isPresent() ? tx.distributors().loadBalancers(distributorId) : List.of(),
                amphorae.stream()
                        .filter(a -> GOING.contains(a.status()))
                        .map(Amphora::id)
                        .filter(tx.distributors()::speaks)
                        .collect(Collectors.toSet()),
                profile,
                tx.now());
    }

    /**
     * The task's row is locked before: who changes the profile meanwhile has done so when it is read, or waits, and finds
     * the task over if it ends here.
     */
    private static String profile(Transaction tx, Task task) {
        boolean unused = tx.tasks().save(task); // whoever has lost it learns that when it writes what comes of this
        String amphoraId = task.targetId();
        StringBuilder versions = new StringBuilder();
        for (BgpSpeaker speaker : tx.speakers().of(amphoraId)) {
            versions.append(speaker.id()).append('@').append(speaker.version());
            for (BgpPeer peer : tx.speakers().peers(speaker.id())) {
                versions.append(' ').append(peer.id()).append('@').append(peer.version());
            }
        }
        return versions.toString();
    }

    /** A load balancer's amphorae that aren't deleted, by id. */
    public static List<Amphora> amphorae(Transaction tx, String loadBalancerId) {
        return tx.amphorae().page(Query.where("load_balancer_id", loadBalancerId)).stream()
                .filter(a -> a.status() != ProvisioningStatus.DELETED)
                .toList();
    }

    /** A distributor's own amphorae that aren't deleted, by id. */
    public static List<Amphora> speakers(Transaction tx, String distributorId) {
        return tx.amphorae().page(Query.where("l3d_distributor_id", distributorId)).stream()
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
