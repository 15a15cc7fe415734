// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** What its driver is to be told of a distributor. */
final class DistributorFlow {
    private DistributorFlow() {}

    static Step create(Situation situation) {
        Optional<Distributor> found = situation.world().distributor();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Distributor made = found.get();
        Effect take = new Effect.TakeOn(made.id(), made.type());
        if (situation.memo().knows(take.key())) {
            return new Step.End(List.of(new Write.UpdateDistributor(made, made.with(ProvisioningStatus.ACTIVE))), null);
        }
        return isGivenUp(situation, take) ? failed(made, "its driver doesn't take it on") : new Step.Do(List.of(take));
    }

    static Step repair(Situation situation) {
        Optional<Distributor> found = situation.world().distributor();
        World world = situation.world();
        if (found.isEmpty() || world.led().isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Effect place = new Effect.Place(world.distributorId(), world.driver(), world.led(), "again");
        if (situation.memo().knows(place.key())) {
            return new Step.End(List.of(), null);
        }
        return isGivenUp(situation, place)
                ? new Step.End(List.of(), "not all of it is as it should be; its driver goes on")
                : new Step.Do(List.of(place));
    }

    static Step delete(Situation situation) {
        Optional<Distributor> found = situation.world().distributor();
        if (found.isEmpty()) {
            return new Step.End(List.of(), null);
        }
        Distributor old = found.get();
        Effect let = new Effect.LetGo(old.id(), old.type());
        if (situation.memo().knows(let.key())) {
            return new Step.End(List.of(new Write.RemoveDistributor(old.id())), null);
        }
        return isGivenUp(situation, let) ? failed(old, "its driver doesn't let it go") : new Step.Do(List.of(let));
    }

    private static boolean isGivenUp(Situation situation, Effect effect) {
        return situation.memo().knows("never:" + effect.key())
                || situation.memo().failures(effect.key()) >= situation.limits().attempts();
    }

    private static Step failed(Distributor distributor, String why) {
        return new Step.End(
                List.of(new Write.UpdateDistributor(distributor, distributor.with(ProvisioningStatus.ERROR))), why);
    }
}
