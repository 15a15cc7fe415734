// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * Another amphora in the place of one that is dead. It is withdrawn first of all; only where nobody else serves it stays
 * until its successor does, for a heartbeat may err. It ends when the load balancer has what it should have, and never
 * gives up before; what never came up is deleted before another one is made, since it takes the place of that one.
 */
final class ReplaceFlow {
    private ReplaceFlow() {}

    static Step next(Situation situation) {
        Memo memo = situation.memo();
        String old = situation.task().targetId();
        Optional<LoadBalancerTree> found = situation
                .world()
                .tree()
                .filter(t -> t.loadBalancer().header().provisioning() != ProvisioningStatus.PENDING_DELETE);
        if (found.isEmpty()) {
            return abandoned(memo);
        }
        LoadBalancerTree tree = found.get();
        LoadBalancer loadBalancer = tree.loadBalancer();
        Effect withdraw = new Effect.Withdraw(situation.vip(loadBalancer.id()), List.of(old), true);
        boolean out = memo.knows(withdraw.key());
        boolean triedOnce = memo.failures(withdraw.key()) > 0;
        boolean keep = memo.knows("keep");
        if (!keep && !out && !triedOnce) {
            return new Step.Do(List.of(withdraw));
        }
        Optional<Step> grown = Retirement.unused(situation, memo.planned()).or(() -> successor(situation, tree));
        if (grown.isPresent()) {
            return keep || out ? grown.get() : beside(grown.get(), withdraw);
        }
        if (!out && memo.failures(withdraw.key()) < situation.limits().attempts()) {
            return new Step.Do(List.of(withdraw));
        }
        Optional<Step> gone = Retirement.next(situation, loadBalancer.id());
        if (gone.isPresent()) {
            return gone.get();
        }
        return situation
                .world()
                .amphora(old)
                .flatMap(a -> situation.ended(a, List.of(loadBalancer.id())))
                .orElseGet(
                        () -> new Step.End(List.of(new Write.Observe(loadBalancer, situation.operating(tree))), null));
    }

    /** Empty when the load balancer has what it should have, and this task's own amphora serves. */
    private static Optional<Step> successor(Situation situation, LoadBalancerTree tree) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        Memo memo = situation.memo();
        String old = situation.task().targetId();
        long others =
                situation.staying().stream().filter(a -> !a.id().equals(old)).count();
        if (memo.own().isEmpty() && others < loadBalancer.amphoraCount()) {
            return Optional.of(situation.paced(now -> now.plan(loadBalancer, 1)));
        }
        return Growth.next(situation, tree).or(() -> CreateFlow.announce(situation, tree));
    }

    private static Step beside(Step step, Effect withdraw) {
        if (!(step instanceof Step.Do effects)) {
            return step;
        }
        List<Effect> all = new ArrayList<>(effects.effects());
        all.add(withdraw);
        return new Step.Do(all);
    }

    /** The load balancer goes, with all its rows; what this task may have made beside them goes first. */
    private static Step abandoned(Memo memo) {
        List<Effect> own = new ArrayList<>();
        List<String> ids = new ArrayList<>(memo.own());
        ids.addAll(memo.leaving());
        for (String id : ids) {
            Effect destroy = new Effect.Destroy(id);
            if (!memo.knows(destroy.key())) {
                own.add(destroy);
            }
        }
        return own.isEmpty() ? new Step.End(List.of(), null) : new Step.Do(own);
    }
}
