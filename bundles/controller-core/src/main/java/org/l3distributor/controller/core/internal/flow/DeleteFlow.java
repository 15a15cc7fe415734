// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A load balancer's end: withdrawn everywhere, stopped, deleted, forgotten. What fails is tried until it doesn't. */
final class DeleteFlow {
    private static final int STOPS = 2;

    private DeleteFlow() {}

    static Step next(Situation situation) {
        Optional<LoadBalancerTree> found = situation.world().tree();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        LoadBalancerTree tree = found.get();
        LoadBalancer loadBalancer = tree.loadBalancer();
        Memo memo = situation.memo();
        Effect forget = new Effect.Forget(situation.vip(loadBalancer.id()));
        if (!memo.knows(forget.key())) {
            return new Step.Do(List.of(forget));
        }
        List<Effect> ends = new ArrayList<>();
        for (Amphora amphora : situation.world().amphorae()) {
            Effect stop = new Effect.Stop(amphora, loadBalancer.id());
            boolean serves = amphora.status() == ProvisioningStatus.ALLOCATED && amphora.managementIp() != null;
            boolean stopped = memo.knows(stop.key()) || memo.failures(stop.key()) >= STOPS;
            ends.add(serves && !stopped ? stop : new Effect.Destroy(amphora.id()));
        }
        if (!ends.isEmpty()) {
            return new Step.Do(ends);
        }
        Effect release = new Effect.ReleaseVips(loadBalancer);
        return memo.knows(release.key())
                ? new Step.End(List.of(new Write.Erase(tree)), null)
                : new Step.Do(List.of(release));
    }
}
