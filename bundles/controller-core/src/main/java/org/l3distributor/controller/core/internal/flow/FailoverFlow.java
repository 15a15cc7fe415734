// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** Every amphora that there was at the beginning is replaced, one after the other; there is one more meanwhile. */
final class FailoverFlow {
    private static final String LISTED = "listed";
    private static final String OLD = "old:";

    private FailoverFlow() {}

    static Step next(Situation situation) {
        Optional<LoadBalancerTree> found = situation.world().tree();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        LoadBalancerTree tree = found.get();
        LoadBalancer loadBalancer = tree.loadBalancer();
        if (!situation.memo().knows(LISTED)) {
            return listed(situation);
        }
        List<Amphora> old = situation.staying().stream()
                .filter(a -> situation.memo().knows(OLD + a.id()))
                .toList();
        int wanted = loadBalancer.amphoraCount() + (old.isEmpty() ? 0 : 1);
        int missing = wanted - situation.staying().size();
        if (missing > 0) {
            boolean mayPlan = situation.memo().planned()
                    < 2 * loadBalancer.amphoraCount() + situation.limits().spare();
            return mayPlan ? situation.plan(loadBalancer, missing) : failed(situation, tree);
        }
        return Growth.next(situation, tree)
                .or(() -> CreateFlow.announce(situation, tree))
                .or(() -> Retirement.next(situation, loadBalancer.id()))
                .orElseGet(() -> old.isEmpty() ? situation.settled(tree) : leaves(situation, old.get(0)));
    }

    /** Those in error too: what doesn't work is what a failover is for. */
    private static Step listed(Situation situation) {
        Memo memo = situation.memo().with(LISTED);
        List<String> broken = new ArrayList<>();
        for (Amphora amphora : situation.world().amphorae()) {
            if (amphora.status() == ProvisioningStatus.ERROR) {
                broken.add(amphora.id());
            } else {
                memo = memo.with(OLD + amphora.id());
            }
        }
        return new Step.Change(List.of(), memo.taking(broken));
    }

    private static Step leaves(Situation situation, Amphora amphora) {
        return new Step.Change(
                List.of(new Write.Update(amphora, amphora.with(ProvisioningStatus.PENDING_DELETE))),
                situation.memo().waitingUntil(0).taking(List.of(amphora.id())));
    }

    private static Step failed(Situation situation, LoadBalancerTree tree) {
        return Retirement.next(situation, tree.loadBalancer().id())
                .orElseGet(() -> new Step.End(
                        List.of(new Write.Settle(
                                tree,
                                ProvisioningStatus.ERROR,
                                situation.serving().isEmpty() ? OperatingStatus.ERROR : situation.operating(tree),
                                ProvisioningStatus.ERROR)),
                        "no amphora comes up: " + situation.memo().planned() + " were made"));
    }
}
