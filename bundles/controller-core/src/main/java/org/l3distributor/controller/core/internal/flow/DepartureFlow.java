// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;

/** The end of an amphora that serves nobody any more; what a distributor may still know of it is taken back first. */
final class DepartureFlow {
    private static final int TRIES = 2;

    private DepartureFlow() {}

    static Step next(Situation situation) {
        Optional<Amphora> found = situation.world().amphora(situation.task().targetId());
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Amphora amphora = found.get();
        String loadBalancerId = amphora.loadBalancerId();
        if (loadBalancerId != null && situation.world().tree().isPresent()) {
            Effect withdraw = new Effect.Withdraw(situation.vip(loadBalancerId), List.of(amphora.id()), true);
            boolean over =
                    situation.memo().knows(withdraw.key()) || situation.memo().failures(withdraw.key()) >= TRIES;
            if (!over) {
                return new Step.Do(List.of(withdraw));
            }
        }
        return situation
                .ended(amphora, loadBalancerId == null ? List.of() : List.of(loadBalancerId))
                .orElseGet(() -> new Step.End(List.of(), null));
    }
}
