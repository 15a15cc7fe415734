// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** An amphora's own file again, as the tables say now: to one that serves. Others find it when they start. */
final class PushFlow {
    private PushFlow() {}

    static Step next(Situation situation) {
        Optional<Amphora> amphora = situation
                .world()
                .amphora(situation.task().targetId())
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED);
        if (amphora.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        String profile = situation.world().profile();
        Effect push = new Effect.Push(amphora.get(), profile);
        if (profile.equals(situation.memo().configured().get(amphora.get().id()))) {
            return new Step.End(List.of(), null);
        }
        boolean never = situation.memo().knows("never:" + push.key());
        return never
                        || situation.memo().failures(push.key())
                                >= situation.limits().attempts()
                ? new Step.End(List.of(), "amphora " + amphora.get().id() + " doesn't take its file")
                : new Step.Do(List.of(push));
    }
}
