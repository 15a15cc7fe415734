// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * Another speaker in the place of one that is dead. Others announce its next hops before anything else is done; only where
 * nobody else speaks it stays until its successor does. It never gives up: routes that nobody announces are gone.
 */
final class SpeakerReplaceFlow {
    private SpeakerReplaceFlow() {}

    static Step next(Situation situation) {
        World world = situation.world();
        Memo memo = situation.memo();
        String old = situation.task().targetId();
        if (world.distributor().isEmpty()) {
            return new Step.End(List.of(), null);
        }
        boolean keep = memo.knows("keep");
        Optional<Step> without = keep ? Optional.empty() : SpeakerFlow.placed(situation, "without:" + old);
        return without.or(() -> Retirement.unused(situation, memo.planned()))
                .or(() -> successor(situation, old))
                .or(() -> keep ? declared(situation, old) : Optional.empty())
                .or(() -> SpeakerFlow.placed(situation, "with the successor of:" + old))
                .or(() -> Retirement.unused(situation, Integer.MAX_VALUE))
                .or(() -> world.amphora(old).flatMap(a -> situation.ended(a, world.led())))
                .orElseGet(() -> new Step.End(List.of(), null));
    }

    /** Empty when it speaks, or when there is nothing left that it could be made like. */
    private static Optional<Step> successor(Situation situation, String old) {
        Memo memo = situation.memo();
        if (memo.own().isEmpty()) {
            return situation.world().amphora(old).isEmpty()
                    ? Optional.empty()
                    : Optional.of(situation.paced(now -> planned(now, old)));
        }
        String id = memo.own().get(0);
        Optional<Amphora> found = situation.world().amphora(id);
        if (found.isEmpty()) {
            return Optional.of(new Step.Change(List.of(), memo.without(id)));
        }
        Amphora next = found.get();
        if (SpeakerFlow.isHopeless(situation, next)) {
            return Optional.of(new Step.Change(
                    List.of(new Write.Update(next, next.with(ProvisioningStatus.ERROR))), memo.givingUp(id)));
        }
        return SpeakerFlow.grown(situation, next);
    }

    private static Step planned(Situation situation, String old) {
        String id = situation.nextId(0);
        Amphora next = Amphora.planned(
                        id, null, "distributor", situation.world().now())
                .speakingFor(situation.world().distributorId());
        return new Step.Change(
                List.of(new Write.InsertLike(next, old)), situation.memo().planned(List.of(id)));
    }

    /** The successor speaks: nothing is placed on the old one any more. */
    private static Optional<Step> declared(Situation situation, String old) {
        return situation
                .world()
                .amphora(old)
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED)
                .map(a -> new Step.Change(
                        List.of(new Write.Update(a, a.with(ProvisioningStatus.ERROR))), situation.memo()));
    }
}
