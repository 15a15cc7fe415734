// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * An amphora's own file again, as the tables say now. One that comes up may have been made with an older one, and gets it
 * when it is in service; one that is there is asked until it takes it. One that goes needs none.
 */
final class PushFlow {
    /** It is looked at earlier when it comes into service: {@link Write.Watch}. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private PushFlow() {}

    static Step next(Situation situation) {
        String id = situation.task().targetId();
        Optional<Amphora> found =
                situation.staying().stream().filter(a -> a.id().equals(id)).findFirst();
        String profile = situation.world().profile();
        if (found.isEmpty() || profile.equals(situation.memo().configured().get(id))) {
            return new Step.End(List.of(), null);
        }
        return found.get().status() == ProvisioningStatus.ALLOCATED
                ? new Step.Do(List.of(new Effect.Push(found.get(), profile)))
                : new Step.Wait(List.of(), situation.memo(), LOOK_AGAIN, null);
    }
}
