// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A task's own amphorae, side by side, from their rows to service. */
final class Growth {
    private final Situation situation;
    private final LoadBalancerTree tree;
    private final Wanted wanted;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private Memo memo;

    private Growth(Situation situation, LoadBalancerTree tree) {
        this.situation = situation;
        this.tree = tree;
        this.memo = situation.memo();
        wanted = Wanted.of(tree);
    }

    /** Empty when all of them serve. */
    static Optional<Step> next(Situation situation, LoadBalancerTree tree) {
        Growth growth = new Growth(situation, tree);
        for (String id : situation.memo().own()) {
            situation.world().amphora(id).ifPresentOrElse(growth::look, () -> growth.memo = growth.memo.without(id));
        }
        if (!growth.writes.isEmpty() || !growth.memo.equals(situation.memo())) {
            return Optional.of(new Step.Change(growth.writes, growth.memo));
        }
        return growth.effects.isEmpty() ? Optional.empty() : Optional.of(new Step.Do(growth.effects));
    }

    private void look(Amphora amphora) {
        if (amphora.status() == ProvisioningStatus.ALLOCATED) {
            return;
        }
        if (isHopeless(amphora)) {
            writes.add(new Write.Update(amphora, amphora.with(ProvisioningStatus.ERROR)));
            memo = memo.givingUp(amphora.id());
            return;
        }
        Effect boot = new Effect.Boot(amphora);
        Effect plug = new Effect.Plug(amphora, tree.loadBalancer());
        if (amphora.status() == ProvisioningStatus.PENDING_CREATE) {
            effects.add(new Effect.Build(amphora, Optional.of(tree.loadBalancer())));
        } else if (!memo.knows(boot.key())) {
            effects.add(boot);
        } else if (!memo.knows(plug.key())) {
            effects.add(plug);
        } else if (!wanted.digest().equals(memo.configured().get(amphora.id()))) {
            effects.add(wanted.on(amphora, tree));
        } else {
            // The load balancer's row is locked: whoever changes it later finds this amphora in service.
            writes.add(new Write.Update(amphora, amphora.with(ProvisioningStatus.ALLOCATED)));
            writes.add(new Write.Watch(amphora.id()));
        }
    }

    private boolean isHopeless(Amphora amphora) {
        String id = amphora.id();
        int most = situation.limits().attempts();
        return situation.isSlow(amphora)
                || amphora.status() == ProvisioningStatus.ERROR
                || memo.knows("never:build:" + id)
                || memo.knows("never:booted:" + id)
                || memo.knows("never:plugged:" + id)
                || memo.knows("never:configured:" + id)
                || memo.failures("build:" + id) >= most
                || memo.failures("plugged:" + id) >= most
                || memo.failures("configured:" + id) >= most;
    }
}
