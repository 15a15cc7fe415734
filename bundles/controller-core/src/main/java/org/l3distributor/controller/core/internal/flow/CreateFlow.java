// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** As many amphorae as a load balancer should have, all in service; a new load balancer is one that has none. */
final class CreateFlow {
    private CreateFlow() {}

    static Step next(Situation situation) {
        Optional<LoadBalancerTree> found = situation.world().tree();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        LoadBalancerTree tree = found.get();
        LoadBalancer loadBalancer = tree.loadBalancer();
        Memo memo = situation.memo();
        if (loadBalancer.vip().address() == null) { // whoever was to get one has died over it
            return failed(situation, tree, "its VIP has no address");
        }
        if (memo.facts().stream().anyMatch(f -> f.startsWith("never:"))) {
            Optional<String> refused = refusal(memo);
            if (refused.isPresent()) {
                return failed(situation, tree, refused.get());
            }
        }
        int missing = loadBalancer.amphoraCount() - situation.staying().size();
        if (missing > 0) {
            boolean mayPlan = memo.planned()
                    < loadBalancer.amphoraCount() + situation.limits().spare();
            return mayPlan
                    ? situation.plan(loadBalancer, missing)
                    : failed(situation, tree, "no amphora comes up: " + memo.planned() + " were made");
        }
        if (missing < 0) {
            return shrink(situation, -missing);
        }
        return Growth.next(situation, tree)
                .or(() -> announce(situation, tree))
                .or(() -> Retirement.next(situation, loadBalancer.id()))
                .orElseGet(() -> situation.settled(tree));
    }

    /** Why another amphora wouldn't help, if one said so. */
    private static Optional<String> refusal(Memo memo) {
        return memo.facts().stream()
                .filter(f -> f.startsWith("never:configured:") || f.startsWith("never:announced:"))
                .findFirst();
    }

    static Optional<Step> announce(Situation situation, LoadBalancerTree tree) {
        List<Amphora> own = situation.memo().own().stream()
                .map(id -> situation.world().amphora(id))
                .flatMap(Optional::stream)
                .toList();
        LoadBalancer loadBalancer = tree.loadBalancer();
        Effect announce = new Effect.Announce(situation.vip(loadBalancer.id()), loadBalancer, own);
        return own.isEmpty() || situation.memo().knows(announce.key())
                ? Optional.empty()
                : Optional.of(new Step.Do(List.of(announce)));
    }

    /** The youngest leave: old ones hold more connections. */
    private static Step shrink(Situation situation, int count) {
        List<Amphora> youngest = situation.staying().stream()
                .sorted(Comparator.comparing(Amphora::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Amphora::id)
                        .reversed())
                .limit(count)
                .toList();
        List<Write> writes = new ArrayList<>();
        Memo memo = situation.memo();
        for (Amphora amphora : youngest) {
            writes.add(new Write.Update(amphora, amphora.with(ProvisioningStatus.PENDING_DELETE)));
            memo = memo.without(amphora.id());
        }
        return new Step.Change(
                writes, memo.taking(youngest.stream().map(Amphora::id).toList()));
    }

    /** What came up stays, for a failover or a deletion; what didn't is deleted first. */
    private static Step failed(Situation situation, LoadBalancerTree tree, String reason) {
        return Retirement.next(situation, tree.loadBalancer().id())
                .orElseGet(() -> new Step.End(
                        List.of(new Write.Settle(
                                tree,
                                ProvisioningStatus.ERROR,
                                situation.serving().isEmpty() ? OperatingStatus.ERROR : situation.operating(tree),
                                ProvisioningStatus.ERROR)),
                        reason));
    }
}
