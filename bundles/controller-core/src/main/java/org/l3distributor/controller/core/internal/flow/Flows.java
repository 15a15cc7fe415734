// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** All flows: what comes next, and what follows from what was done. */
public final class Flows {
    private static final Duration BOOT_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private Flows() {}

    public static Step next(Situation situation) {
        return switch (Kind.valueOf(situation.task().kind())) {
            case LB_CREATE, LB_SCALE -> CreateFlow.next(situation);
            case LB_CONFIG -> ConfigFlow.next(situation);
            case LB_FAILOVER -> FailoverFlow.next(situation);
            case LB_DELETE -> DeleteFlow.next(situation);
            case AMPHORA_REPLACE -> ReplaceFlow.next(situation);
            case AMPHORA_PUSH -> PushFlow.next(situation);
            case AMPHORA_DELETE -> DepartureFlow.next(situation);
            case SPEAKER_CREATE -> SpeakerFlow.create(situation);
            case SPEAKER_REPLACE -> SpeakerReplaceFlow.next(situation);
            case SPEAKER_DELETE -> SpeakerFlow.delete(situation);
            case DISTRIBUTOR_CREATE -> DistributorFlow.create(situation);
            case DISTRIBUTOR_REPAIR -> DistributorFlow.repair(situation);
            case DISTRIBUTOR_DELETE -> DistributorFlow.delete(situation);
            case SWEEP, RENEWAL -> throw new IllegalStateException("a round isn't decided by a flow");
        };
    }

    /** What is to be written when effects have ended. */
    public static Step learn(Situation situation, List<Result> results) {
        Memo memo = situation.memo();
        List<Write> writes = new ArrayList<>();
        Duration pause = Duration.ZERO;
        String reason = null;
        for (Result result : results) {
            String key = result.effect().key();
            if (result instanceof Result.NotYet) {
                pause = longer(pause, Retirement.lookAgain(situation));
            } else if (result instanceof Result.Later later) {
                memo = memo.failed(key);
                pause = longer(pause, Limits.pause(memo.failures(key), longestPause(later.effect())));
                reason = key + ": " + later.reason();
            } else if (result instanceof Result.Never never) {
                memo = memo.with("never:" + key).failed(key); // a flow that goes on all the same does so slowly
                pause = longer(pause, Limits.pause(memo.failures(key), longestPause(never.effect())));
                reason = key + ": " + never.reason();
            } else {
                memo = done(situation.world(), result, memo, writes);
            }
        }
        if (results.stream().allMatch(r -> r.effect() instanceof Effect.Idle)) {
            pause = Retirement.within(situation, pause);
        }
        return pause.isZero() ? new Step.Change(writes, memo) : new Step.Wait(writes, memo, pause, reason);
    }

    private static Memo done(World world, Result result, Memo memo, List<Write> writes) {
        Effect effect = result.effect();
        if (result instanceof Result.Built built && effect instanceof Effect.Build build) {
            world.amphora(build.amphora().id())
                    .flatMap(row -> booting(row, built))
                    .ifPresent(writes::add);
            return memo;
        }
        if (effect instanceof Effect.Configure configure) {
            return memo.configured(configure.amphora().id(), configure.digest());
        }
        if (effect instanceof Effect.Push push) {
            return memo.configured(push.amphora().id(), push.profile());
        }
        if (effect instanceof Effect.Destroy destroy) {
            world.amphora(destroy.amphoraId()).ifPresent(a -> writes.add(gone(world, a)));
        }
        return memo.with(effect.key());
    }

    /** While a driver keeps routes of it, its row must stay, and says that there is no such amphora any more. */
    private static Write gone(World world, Amphora amphora) {
        return world.speaking().contains(amphora.id())
                ? new Write.Update(amphora, amphora.with(ProvisioningStatus.DELETED))
                : new Write.Remove(amphora.id());
    }

    /** The row of an instance that is there; nothing when somebody else has got further with it. */
    private static Optional<Write> booting(Amphora row, Result.Built built) {
        if (row.status() != ProvisioningStatus.PENDING_CREATE) {
            return Optional.empty();
        }
        Amphora next = row.built(built.computeId(), built.managementIp(), built.failureDomain())
                .with(built.frontend())
                .certified(built.certificateExpires())
                .with(ProvisioningStatus.BOOTING);
        return Optional.of(new Write.Update(row, next));
    }

    /** A push never gives up, and whoever is to be told may be dead: it would hold a thread for each time-out. */
    private static Duration longestPause(Effect effect) {
        if (effect instanceof Effect.Boot) {
            return BOOT_PAUSE;
        }
        return effect instanceof Effect.Push ? Limits.LONG_PAUSE : LONGEST_PAUSE;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
