// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * What users changed, to every amphora in service, side by side. All but one must take it; one that can't be reached, or that
 * alone refuses it, is replaced, and its successor comes up with it.
 */
final class ConfigFlow {
    private ConfigFlow() {}

    static Step next(Situation situation) {
        Optional<LoadBalancerTree> found = situation.world().tree();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        LoadBalancerTree tree = found.get();
        Wanted wanted = Wanted.of(tree);
        Memo memo = situation.memo();
        List<Effect> effects = new ArrayList<>();
        List<Write> lost = new ArrayList<>();
        int done = 0;
        int refused = 0;
        for (Amphora amphora : situation.serving()) {
            Effect configure = wanted.on(amphora, tree);
            if (memo.knows("never:" + configure.key())) {
                refused++;
                lost.add(new Write.Replace(amphora));
            } else if (wanted.digest().equals(memo.configured().get(amphora.id()))) {
                done++;
            } else if (memo.failures(configure.key()) < situation.limits().attempts()) {
                effects.add(configure);
            } else {
                lost.add(new Write.Replace(amphora));
            }
        }
        if (!effects.isEmpty()) {
            return new Step.Do(effects);
        }
        if (lost.isEmpty()) {
            return situation.settled(tree);
        }
        boolean most = done >= Math.max(1, situation.serving().size() - 1);
        if (!most && refused > 0) { // it is the configuration that is at fault: all go on with the one before
            return failed(situation, tree, ProvisioningStatus.ACTIVE, refused + " amphorae refuse the configuration");
        }
        if (!most) {
            return failed(situation, tree, ProvisioningStatus.ERROR, lost.size() + " amphorae can't be reached");
        }
        Step.End settled = situation.settled(tree);
        lost.addAll(settled.writes());
        return new Step.End(lost, null);
    }

    private static Step failed(
            Situation situation, LoadBalancerTree tree, ProvisioningStatus loadBalancer, String reason) {
        return new Step.End(
                List.of(new Write.Settle(tree, loadBalancer, situation.operating(tree), ProvisioningStatus.ERROR)),
                reason);
    }
}
