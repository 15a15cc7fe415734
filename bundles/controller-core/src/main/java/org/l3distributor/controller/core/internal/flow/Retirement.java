// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * Amphorae that a task takes out. New traffic ends first, then they are given time for what they still hold, then they are
 * stopped and deleted. Speakers of their own withdraw them; an amphora that announces itself withdraws when it has no
 * listeners any more, and is stopped by the driver's withdrawal.
 */
final class Retirement {
    /** What fails so often for an amphora that is to be deleted anyway is left out. */
    private static final int TRIES = 2;

    private final Situation situation;
    private final Memo memo;
    private final String loadBalancerId;
    private final List<Effect> firsts = new ArrayList<>();
    private final List<Effect> ends = new ArrayList<>();
    private boolean served;

    private Retirement(Situation situation, String loadBalancerId) {
        this.situation = situation;
        this.memo = situation.memo();
        this.loadBalancerId = loadBalancerId;
    }

    /** Empty when they are gone. */
    static Optional<Step> next(Situation situation, String loadBalancerId) {
        for (String id : situation.memo().leaving()) {
            if (situation.world().amphora(id).isEmpty()) {
                return Optional.of(new Step.Change(List.of(), situation.memo().without(id)));
            }
        }
        Retirement retirement = new Retirement(situation, loadBalancerId);
        for (String id : situation.memo().leaving()) {
            retirement.look(situation.world().amphora(id).orElseThrow());
        }
        return retirement.step();
    }

    /**
     * What never came up goes. Empty when it is gone, and when that was tried in vain so often.
     *
     * @param tries after so many in vain it is left for later
     */
    static Optional<Step> unused(Situation situation, int tries) {
        Memo memo = situation.memo();
        List<Effect> destroys = new ArrayList<>();
        for (String id : memo.leaving()) {
            if (!memo.knows("unused:" + id)) {
                continue;
            }
            if (situation.world().amphora(id).isEmpty()) {
                return Optional.of(new Step.Change(List.of(), memo.without(id)));
            }
            Effect destroy = new Effect.Destroy(id);
            if (!memo.knows(destroy.key()) && memo.failures(destroy.key()) < tries) {
                destroys.add(destroy);
            }
        }
        return destroys.isEmpty() ? Optional.empty() : Optional.of(new Step.Do(destroys));
    }

    private Optional<Step> step() {
        if (!firsts.isEmpty()) {
            return Optional.of(new Step.Do(firsts));
        }
        if (served && !graceIsOver()) {
            return Optional.of(graceStep());
        }
        return ends.isEmpty() ? Optional.empty() : Optional.of(new Step.Do(ends));
    }

    private void look(Amphora amphora) {
        if (amphora.status() == ProvisioningStatus.DELETED) {
            situation.end(amphora, List.of(loadBalancerId)).ifPresent(ends::add);
            return;
        }
        boolean dead = amphora.status() == ProvisioningStatus.ERROR;
        Effect withdraw = new Effect.Withdraw(situation.vip(loadBalancerId), List.of(amphora.id()), dead);
        Effect destroy = new Effect.Destroy(amphora.id());
        if (memo.knows("unused:" + amphora.id())) {
            ends.add(destroy);
        } else if (dead || amphora.managementIp() == null) {
            ends.add(isOver(withdraw, dead) ? destroy : withdraw);
        } else if (situation.world().dedicated()) {
            Effect stop = new Effect.Stop(amphora, loadBalancerId);
            inOrder(withdraw, isOver(withdraw, false), isOver(stop, true) ? destroy : stop);
        } else {
            Effect quiesce = new Effect.Quiesce(amphora, loadBalancerId, Wanted.quiet(situation.world()));
            inOrder(quiesce, isOver(quiesce, true), isOver(withdraw, false) ? destroy : withdraw);
        }
    }

    private void inOrder(Effect first, boolean firstIsOver, Effect end) {
        if (firstIsOver) {
            served = true;
            ends.add(end);
        } else {
            firsts.add(first);
        }
    }

    private boolean isOver(Effect effect, boolean mayFail) {
        return memo.knows(effect.key()) || (mayFail && memo.failures(effect.key()) >= TRIES);
    }

    private boolean graceIsOver() {
        long until = memo.until();
        return until > 0 && situation.world().now().toEpochMilli() >= until;
    }

    private Step graceStep() {
        Instant now = situation.world().now();
        if (memo.until() == 0) {
            return new Step.Change(
                    List.of(),
                    memo.waitingUntil(now.plus(situation.limits().grace()).toEpochMilli()));
        }
        return new Step.Wait(List.of(), memo, Duration.ofMillis(memo.until() - now.toEpochMilli()), null);
    }
}
