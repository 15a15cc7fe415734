// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.l3distributor.controller.core.internal.api.Desk.Edited;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HealthMonitorChange;
import org.l3distributor.distributor.controller.HealthMonitorDraft;
import org.l3distributor.distributor.controller.HealthMonitorRules;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Health monitors of pools, in the tables. */
final class Monitors implements HealthMonitorService {
    private final Desk desk;

    Monitors(Desk desk) {
        this.desk = desk;
    }

    private interface Rule {
        List<Refusal> broken(LoadBalancerTree tree, PoolTree pool, HealthMonitor old);
    }

    @Override
    public CompletionStage<Outcome<HealthMonitor>> create(HealthMonitorDraft draft) {
        String poolId = draft.poolId();
        String id = UUID.randomUUID().toString();
        Refusal absent = Words.notFound(Words.POOL, poolId);
        return desk.edit(
                tx -> tx.pools().find(poolId).map(Pool::loadBalancerId),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.still(
                        tree.pool(poolId),
                        absent,
                        pool -> Desk.refusedOr(HealthMonitorRules.admit(tree, pool, draft), () -> {
                            HealthMonitor made =
                                    draft.made(id, pool.pool().header().projectId(), now);
                            return Edited.of(Trees.changing(Trees.monitor(tree, poolId, made)), made);
                        })));
    }

    @Override
    public CompletionStage<Outcome<HealthMonitor>> find(String id) {
        return desk.ask(tx -> Desk.found(tx.monitors().find(id), Words.HEALTH_MONITOR, id));
    }

    @Override
    public CompletionStage<Outcome<List<HealthMonitor>>> list(ListQuery query) {
        return desk.ask(tx -> ListPages.of(tx.monitors(), HealthMonitor::id, Attributes.HEALTH_MONITORS)
                .page(query, Query.all()));
    }

    @Override
    public CompletionStage<Outcome<HealthMonitor>> change(String id, HealthMonitorChange change) {
        return step(id, (tree, pool, old) -> HealthMonitorRules.admit(tree, pool, old, change), change::of);
    }

    @Override
    public CompletionStage<Outcome<HealthMonitor>> delete(String id) {
        return step(
                id,
                (tree, pool, old) ->
                        HealthMonitorRules.deletable(tree, pool).stream().toList(),
                (old, now) -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
    }

    private CompletionStage<Outcome<HealthMonitor>> step(
            String id, Rule rule, BiFunction<HealthMonitor, Instant, HealthMonitor> change) {
        Refusal absent = Words.notFound(Words.HEALTH_MONITOR, id);
        return desk.edit(
                tx -> loadBalancer(tx, id),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.still(monitored(tree, id), absent, pool -> {
                    HealthMonitor old = Objects.requireNonNull(pool.monitor());
                    return Desk.refusedOr(rule.broken(tree, pool, old), () -> {
                        HealthMonitor next = change.apply(old, now);
                        return Edited.of(
                                Trees.changing(Trees.monitor(tree, pool.pool().id(), next)), next);
                    });
                }));
    }

    private static Optional<PoolTree> monitored(LoadBalancerTree tree, String id) {
        return tree.pools().stream()
                .filter(p -> p.monitor() != null && p.monitor().id().equals(id))
                .findFirst();
    }

    private static Optional<String> loadBalancer(Transaction tx, String id) {
        return tx.monitors().find(id).flatMap(m -> tx.pools().find(m.poolId())).map(Pool::loadBalancerId);
    }
}
