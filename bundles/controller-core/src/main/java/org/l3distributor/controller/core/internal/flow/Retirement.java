// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * Amphorae that a task takes out. New traffic ends first, then they are given time for what they still hold, then they are
 * stopped and deleted. Speakers of their own withdraw them; an amphora that announces itself withdraws when it has no
 * listeners any more, and is stopped by the driver's withdrawal.
 *
 * <p>The time is over at a deadline that is written when it begins, or when all of them have said that no client has a
 * connection any more. One that can't say so has all of it.
 */
final class Retirement {
    /** What fails so often for an amphora that is to be deleted anyway is left out. */
    private static final int TRIES = 2;

    /**
     * From the withdrawal to the first question, and from one to the next. A router that was told to send nothing more still
     * does for some tenths of a second, and HAProxy takes as long to end a worker whose connections are idle.
     */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Each question writes the task's row: who waits for long is asked seldom. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    /** An amphora goes at most so much of its grace later than it could. */
    private static final int PART = 8;

    private final Situation situation;
    private final Memo memo;
    private final String loadBalancerId;
    private final List<Effect> firsts = new ArrayList<>();
    private final List<Effect> ends = new ArrayList<>();
    private final List<Effect> questions = new ArrayList<>();
    private boolean served;
    private boolean untold;

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
            Optional<Step> grace = grace();
            if (grace.isPresent()) {
                return grace;
            }
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
            inOrder(amphora, withdraw, isOver(withdraw, false), isOver(stop, true) ? destroy : stop);
        } else {
            Effect quiesce = new Effect.Quiesce(amphora, loadBalancerId, Wanted.quiet(situation.world()));
            inOrder(amphora, quiesce, isOver(quiesce, true), isOver(withdraw, false) ? destroy : withdraw);
        }
    }

    private void inOrder(Amphora amphora, Effect first, boolean firstIsOver, Effect end) {
        if (!firstIsOver) {
            firsts.add(first);
            return;
        }
        served = true;
        ends.add(end);
        Effect idle = new Effect.Idle(amphora, loadBalancerId);
        if (!memo.knows(first.key()) || memo.knows("never:" + idle.key())) {
            untold = true; // it may still take new connections, or is of a version that doesn't tell
        } else if (!memo.knows(idle.key())) {
            questions.add(idle);
        }
    }

    private boolean isOver(Effect effect, boolean mayFail) {
        return memo.knows(effect.key()) || (mayFail && memo.failures(effect.key()) >= TRIES);
    }

    private boolean graceIsOver() {
        long until = memo.until();
        return until > 0 && situation.world().now().toEpochMilli() >= until;
    }

    /** Empty when all of them have said that they hold nothing. */
    private Optional<Step> grace() {
        if (memo.until() == 0) {
            Duration grace = situation.limits().grace();
            Memo begun = memo.waitingUntil(situation.world().now().plus(grace).toEpochMilli());
            Duration first = shorter(LOOK, grace);
            return Optional.of(
                    first.isZero() ? new Step.Change(List.of(), begun) : new Step.Wait(List.of(), begun, first, null));
        }
        if (untold) {
            return Optional.of(new Step.Wait(List.of(), memo, left(situation), null));
        }
        return questions.isEmpty() ? Optional.empty() : Optional.of(new Step.Do(questions));
    }

    /** When one that holds connections is asked again. */
    static Duration lookAgain(Situation situation) {
        Duration waited = situation.limits().grace().minus(left(situation));
        Duration part = shorter(waited.dividedBy(PART), LONGEST_LOOK);
        return part.compareTo(LOOK) > 0 ? part : LOOK;
    }

    /** A pause, but no longer than to the deadline. */
    static Duration within(Situation situation, Duration pause) {
        return shorter(pause, left(situation));
    }

    private static Duration left(Situation situation) {
        long left = situation.memo().until() - situation.world().now().toEpochMilli();
        return Duration.ofMillis(Math.max(0, left));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
