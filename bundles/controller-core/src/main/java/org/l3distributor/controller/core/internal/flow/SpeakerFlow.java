// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A dedicated distributor's amphorae, which announce and serve nobody: how one comes into service, and how one leaves. */
final class SpeakerFlow {
    private static final int TRIES = 2;

    private SpeakerFlow() {}

    static Step create(Situation situation) {
        Optional<Amphora> found = situation.world().amphora(situation.task().targetId());
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Amphora speaker = found.get();
        if (isHopeless(situation, speaker)) {
            return new Step.End(
                    List.of(new Write.Update(speaker, speaker.with(ProvisioningStatus.ERROR))),
                    "the speaker doesn't come up");
        }
        // While this task was open, what changed in the profile could not be another one for the same amphora.
        return grown(situation, speaker)
                .or(() -> placed(situation, "with:" + speaker.id()))
                .orElseGet(() -> new Step.End(List.of(new Write.Push(speaker)), null));
    }

    /** From its row to service; empty when it is there. */
    static Optional<Step> grown(Situation situation, Amphora speaker) {
        if (speaker.status() == ProvisioningStatus.ALLOCATED) {
            return Optional.empty();
        }
        Effect boot = new Effect.Boot(speaker);
        if (speaker.status() == ProvisioningStatus.PENDING_CREATE) {
            return Optional.of(new Step.Do(List.of(new Effect.Build(speaker, Optional.empty()))));
        }
        return Optional.of(
                situation.memo().knows(boot.key())
                        ? new Step.Change(
                                List.of(
                                        new Write.Update(speaker, speaker.with(ProvisioningStatus.ALLOCATED)),
                                        new Write.Watch(speaker.id())),
                                situation.memo())
                        : new Step.Do(List.of(boot)));
    }

    static boolean isHopeless(Situation situation, Amphora speaker) {
        if (speaker.status() == ProvisioningStatus.ALLOCATED) {
            return false;
        }
        Memo memo = situation.memo();
        String id = speaker.id();
        return situation.isSlow(speaker)
                || speaker.status() == ProvisioningStatus.ERROR
                || memo.knows("never:build:" + id)
                || memo.knows("never:booted:" + id)
                || memo.failures("build:" + id) >= situation.limits().attempts();
    }

    /**
     * All next hops on the speakers that there are now. What isn't so everywhere after two tries is wanted, and the driver's
     * repair goes on with it. Empty when that is over.
     */
    static Optional<Step> placed(Situation situation, String why) {
        World world = situation.world();
        if (world.led().isEmpty()) {
            return Optional.empty();
        }
        Effect place = new Effect.Place(world.distributorId(), world.driver(), world.led(), why);
        boolean over = situation.memo().knows(place.key()) || situation.memo().failures(place.key()) >= TRIES;
        return over ? Optional.empty() : Optional.of(new Step.Do(List.of(place)));
    }

    /**
     * It has left the distributor: its next hops are placed on others, and it is told to withdraw them; one that can't be told
     * ends with its instance.
     */
    static Step delete(Situation situation) {
        Optional<Amphora> found = situation.world().amphora(situation.task().targetId());
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Amphora speaker = found.get();
        return placed(situation, "leaving:" + speaker.id())
                .or(() -> situation.ended(speaker, situation.world().led()))
                .orElseGet(() -> new Step.End(List.of(), null));
    }
}
