// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.l3distributor.controller.core.internal.api.Desk.Edited;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolChange;
import org.l3distributor.distributor.controller.PoolDraft;
import org.l3distributor.distributor.controller.PoolRules;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.controller.PoolView;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Pools, in the tables. */
final class Pools implements PoolService {
    private final Desk desk;

    Pools(Desk desk) {
        this.desk = desk;
    }

    @Override
    public CompletionStage<Outcome<PoolView>> create(PoolDraft draft) {
        String lb = draft.loadBalancerId();
        String listenerId = String.valueOf(draft.listenerId());
        Refusal absent =
                lb != null ? Words.notFound(Words.LOAD_BALANCER, lb) : Words.notFound(Words.LISTENER, listenerId);
        String id = UUID.randomUUID().toString();
        return desk.edit(
                tx -> lb != null
                        ? Optional.of(lb)
                        : tx.listeners().find(listenerId).map(Listener::loadBalancerId),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.refusedOr(PoolRules.admit(tree, draft), () -> {
                    LoadBalancer owner = tree.loadBalancer();
                    Pool made = draft.made(id, owner.header().projectId(), owner.id(), now);
                    LoadBalancerTree next = Trees.listeners(
                            Trees.changing(Trees.plus(tree, made)),
                            l -> l.id().equals(draft.listenerId()) ? withDefault(l, id) : l);
                    return Edited.of(next, next.view(next.pool(id).orElseThrow()));
                }));
    }

    private static Listener withDefault(Listener listener, String poolId) {
        Listener next = listener.withDefaultPool(poolId);
        return next.with(next.header().with(ProvisioningStatus.PENDING_UPDATE));
    }

    @Override
    public CompletionStage<Outcome<PoolView>> find(String id) {
        return desk.ask(tx -> Desk.found(view(tx, id), Words.POOL, id));
    }

    private static Optional<PoolView> view(Transaction tx, String id) {
        return tx.pools()
                .find(id)
                .flatMap(pool -> tx.loadBalancers().find(pool.loadBalancerId()))
                .map(lb -> Snapshots.tree(tx, lb))
                .flatMap(tree -> tree.pool(id).map(tree::view));
    }

    @Override
    public CompletionStage<Outcome<List<PoolView>>> list(ListQuery query) {
        return desk.ask(tx -> Desk.map(
                new ListPages<>(tx.pools(), Pool::id, rows -> monitored(tx, rows), Attributes.POOLS)
                        .page(query, Query.all()),
                page -> filled(tx, page)));
    }

    /** With their monitors, by which lists are filtered too, and nothing else. */
    private static List<PoolView> monitored(Transaction tx, List<Pool> pools) {
        Map<String, List<HealthMonitor>> monitors = ListPages.parts(
                tx.monitors(),
                "pool_id",
                HealthMonitor::poolId,
                pools.stream().map(Pool::id).toList());
        return pools.stream()
                .map(pool -> new PoolView(
                        pool,
                        List.of(),
                        List.of(),
                        monitors.getOrDefault(pool.id(), List.of()).stream()
                                .map(HealthMonitor::id)
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private static List<PoolView> filled(Transaction tx, List<PoolView> page) {
        List<String> ids = page.stream().map(v -> v.pool().id()).toList();
        Map<String, List<Listener>> listeners =
                ListPages.parts(tx.listeners(), "default_pool_id", Listener::defaultPoolId, ids);
        Map<String, List<Member>> members = ListPages.parts(tx.members(), "pool_id", Member::poolId, ids);
        return page.stream()
                .map(view -> new PoolView(
                        view.pool(),
                        listeners.getOrDefault(view.pool().id(), List.of()).stream()
                                .map(Listener::id)
                                .toList(),
                        members.getOrDefault(view.pool().id(), List.of()).stream()
                                .map(Member::id)
                                .toList(),
                        view.healthMonitorId()))
                .toList();
    }

    @Override
    public CompletionStage<Outcome<PoolView>> change(String id, PoolChange change) {
        return step(id, change::of, UnaryOperator.identity());
    }

    /** Its listeners lose it in the same step. */
    @Override
    public CompletionStage<Outcome<PoolView>> delete(String id) {
        return step(
                id,
                (pool, now) -> pool.with(pool.header().with(ProvisioningStatus.PENDING_DELETE)),
                l -> id.equals(l.defaultPoolId()) ? l.withDefaultPool(null) : l);
    }

    private CompletionStage<Outcome<PoolView>> step(
            String id, BiFunction<Pool, Instant, Pool> change, UnaryOperator<Listener> listeners) {
        Refusal absent = Words.notFound(Words.POOL, id);
        return desk.edit(
                tx -> tx.pools().find(id).map(Pool::loadBalancerId),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.still(
                        tree.pool(id),
                        absent,
                        old -> Desk.refusedOr(
                                PoolRules.changeable(tree).stream().toList(), () -> {
                                    PoolTree pool =
                                            new PoolTree(change.apply(old.pool(), now), old.members(), old.monitor());
                                    LoadBalancerTree next =
                                            Trees.listeners(Trees.changing(Trees.pool(tree, id, p -> pool)), listeners);
                                    return Edited.of(next, next.view(pool));
                                })));
    }
}
