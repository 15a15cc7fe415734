// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.l3distributor.controller.core.internal.api.Desk.Edited;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.MemberChange;
import org.l3distributor.distributor.controller.MemberDraft;
import org.l3distributor.distributor.controller.MemberRules;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Members of pools, in the tables. */
final class Members implements MemberService {
    private final Desk desk;

    Members(Desk desk) {
        this.desk = desk;
    }

    /** A change of a pool that is there. */
    private interface Edit<T> {
        Outcome<Edited<T>> of(LoadBalancerTree tree, PoolTree pool, Instant now);
    }

    private <T> CompletionStage<Outcome<T>> inPool(String poolId, Edit<T> edit) {
        Refusal absent = Words.notFound(Words.POOL, poolId);
        return desk.edit(
                tx -> tx.pools().find(poolId).map(Pool::loadBalancerId),
                absent,
                Kind.LB_CONFIG,
                (tree, now) -> Desk.still(tree.pool(poolId), absent, pool -> edit.of(tree, pool, now)));
    }

    @Override
    public CompletionStage<Outcome<Member>> create(String poolId, MemberDraft draft) {
        String id = UUID.randomUUID().toString();
        return Desk.then(
                desk.snapshot(),
                networks -> inPool(
                        poolId,
                        (tree, pool, now) -> Desk.refusedOr(MemberRules.admit(tree, pool, draft, networks), () -> {
                            Member made = draft.made(id, pool, now);
                            List<Member> members = Trees.appended(pool.members(), made);
                            return Edited.of(Trees.changing(Trees.members(tree, poolId, members)), made);
                        })));
    }

    @Override
    public CompletionStage<Outcome<Member>> find(String poolId, String id) {
        return desk.ask(tx -> tx.pools().find(poolId).isEmpty()
                ? Outcome.refused(Words.notFound(Words.POOL, poolId))
                : Desk.found(of(tx, poolId, id), Words.MEMBER, id));
    }

    private static Optional<Member> of(Transaction tx, String poolId, String id) {
        return tx.members().find(id).filter(m -> m.poolId().equals(poolId));
    }

    @Override
    public CompletionStage<Outcome<List<Member>>> list(String poolId, ListQuery query) {
        return desk.ask(tx -> tx.pools().find(poolId).isEmpty()
                ? Outcome.refused(Words.notFound(Words.POOL, poolId))
                : ListPages.of(tx.members(), Member::id, Attributes.MEMBERS)
                        .page(query, Query.where("pool_id", poolId)));
    }

    @Override
    public CompletionStage<Outcome<Member>> change(String poolId, String id, MemberChange change) {
        return step(poolId, id, change::of);
    }

    @Override
    public CompletionStage<Outcome<Member>> delete(String poolId, String id) {
        return step(poolId, id, (old, now) -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
    }

    private CompletionStage<Outcome<Member>> step(
            String poolId, String id, BiFunction<Member, Instant, Member> change) {
        return inPool(poolId, (tree, pool, now) -> {
            Optional<Member> old =
                    pool.members().stream().filter(m -> m.id().equals(id)).findFirst();
            if (old.isEmpty()) {
                return Outcome.refused(Words.notFound(Words.MEMBER, id));
            }
            Optional<Refusal> refusal = MemberRules.changeable(tree, pool);
            return Desk.refusedOr(refusal.stream().toList(), () -> {
                Member next = change.apply(old.get(), now);
                List<Member> members = pool.members().stream()
                        .map(m -> m.id().equals(id) ? next : m)
                        .toList();
                return Edited.of(Trees.changing(Trees.members(tree, poolId, members)), next);
            });
        });
    }

    @Override
    public CompletionStage<Outcome<List<Member>>> replace(String poolId, List<MemberDraft> drafts, boolean additive) {
        return Desk.then(
                desk.snapshot(),
                networks -> inPool(
                        poolId,
                        (tree, pool, now) -> Desk.refusedOr(MemberRules.admit(tree, pool, drafts, networks), () -> {
                            List<Member> next = replaced(pool, drafts, additive, now);
                            return Edited.of(Trees.changing(Trees.members(tree, poolId, next)), next);
                        })));
    }

    private static List<Member> replaced(PoolTree pool, List<MemberDraft> drafts, boolean additive, Instant now) {
        List<Member> next = new ArrayList<>();
        for (Member old : pool.members()) {
            Optional<MemberDraft> same =
                    drafts.stream().filter(d -> d.isSameServer(old)).findFirst();
            if (same.isPresent()) {
                next.add(same.get().asChange().of(old, now));
            } else {
                next.add(additive ? old : old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
            }
        }
        for (MemberDraft draft : drafts) {
            if (pool.members().stream().noneMatch(draft::isSameServer)) {
                next.add(draft.made(UUID.randomUUID().toString(), pool, now));
            }
        }
        return List.copyOf(next);
    }
}
