// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.l3distributor.controller.core.internal.api.Desk.Edited;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerChange;
import org.l3distributor.distributor.controller.ListenerDraft;
import org.l3distributor.distributor.controller.ListenerRules;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.Query;

/** Listeners, in the tables. */
final class Listeners implements ListenerService {
    private final Desk desk;

    Listeners(Desk desk) {
        this.desk = desk;
    }

    @Override
    public CompletionStage<Outcome<Listener>> create(ListenerDraft draft) {
        String lb = draft.loadBalancerId();
        String id = UUID.randomUUID().toString();
        return desk.edit(
                tx -> Optional.of(lb),
                Words.notFound(Words.LOAD_BALANCER, lb),
                Kind.LB_CONFIG,
                (tree, now) -> Desk.refusedOr(ListenerRules.admit(tree, draft), () -> {
                    Listener made = draft.made(id, tree.loadBalancer().header().projectId(), now);
                    return Edited.of(Trees.changing(Trees.plus(tree, made)), made);
                }));
    }

    @Override
    public CompletionStage<Outcome<Listener>> find(String id) {
        return desk.ask(tx -> Desk.found(tx.listeners().find(id), Words.LISTENER, id));
    }

    @Override
    public CompletionStage<Outcome<List<Listener>>> list(ListQuery query) {
        return desk.ask(tx ->
                ListPages.of(tx.listeners(), Listener::id, Attributes.LISTENERS).page(query, Query.all()));
    }

    @Override
    public CompletionStage<Outcome<Listener>> change(String id, ListenerChange change) {
        return step(id, (tree, old) -> ListenerRules.admit(tree, old, change), change::of);
    }

    @Override
    public CompletionStage<Outcome<Listener>> delete(String id) {
        return step(
                id,
                (tree, old) -> ListenerRules.deletable(tree).stream().toList(),
                (old, now) -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
    }

    private CompletionStage<Outcome<Listener>> step(
            String id,
            BiFunction<LoadBalancerTree, Listener, List<Refusal>> rule,
            BiFunction<Listener, Instant, Listener> change) {
        Refusal absent = Words.notFound(Words.LISTENER, id);
        return desk.edit(
                tx -> tx.listeners().find(id).map(Listener::loadBalancerId),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.still(
                        tree.listener(id),
                        absent,
                        old -> Desk.refusedOr(rule.apply(tree, old), () -> {
                            Listener next = change.apply(old, now);
                            return Edited.of(
                                    Trees.changing(Trees.listeners(tree, l -> l.id().equals(id) ? next : l)), next);
                        })));
    }

    @Override
    public CompletionStage<Outcome<Statistics>> statistics(String id) {
        return desk.ask(tx -> tx.listeners().find(id).isPresent()
                ? Outcome.done(Sums.of(tx, List.of(id)))
                : Outcome.refused(Words.notFound(Words.LISTENER, id)));
    }
}
