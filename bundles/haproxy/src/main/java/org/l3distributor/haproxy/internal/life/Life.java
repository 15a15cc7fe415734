// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;

/**
 * The life of one load balancer's HAProxy, as a value: what happened gives the next one. It knows no clock and does
 * nothing; {@link Keeper} does.
 *
 * @param wanted whether HAProxy is to run, and is started again when it dies
 * @param running see {@link LoadBalancerState#running()}
 * @param deaths in a row, each soon after the start before it
 * @param startedAt when the master that runs or ran last was seen ready
 */
record Life(
        State state,
        Instant since,
        boolean wanted,
        long master,
        long worker,
        HaproxyConfiguration running,
        Set<Bind> listening,
        boolean answers,
        String reason,
        int deaths,
        Instant startedAt) {
    /** Who has run for so long is well: its death is the first one again. */
    static final Duration WELL = Duration.ofSeconds(15);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    Life {
        listening = Set.copyOf(listening);
    }

    /** Found on the disk by this service, which now looks for the process. */
    static Life sought(Instant now) {
        return new Life(
                State.SOUGHT,
                now,
                false,
                0,
                0,
                HaproxyConfiguration.none(),
                Set.of(),
                false,
                "is being looked for",
                0,
                now);
    }

    /** Just uploaded, or stopped. */
    static Life stopped(Instant now, String reason) {
        return new Life(State.STOPPED, now, false, 0, 0, HaproxyConfiguration.none(), Set.of(), false, reason, 0, now);
    }

    Life starting(Instant now, HaproxyConfiguration configuration) {
        return new Life(
                State.STARTING,
                now,
                wanted,
                0,
                0,
                configuration,
                Set.of(),
                false,
                reason.isEmpty() ? "is being started" : reason,
                deaths,
                startedAt);
    }

    /** The new worker has answered; also the end of a reload. */
    Life up(Instant now, long masterPid, long workerPid, HaproxyConfiguration configuration, Set<Bind> seen) {
        Instant began = master == masterPid ? startedAt : now;
        return new Life(
                State.RUNNING,
                now,
                true,
                masterPid,
                workerPid,
                configuration,
                seen,
                true,
                missing(configuration, seen),
                deaths,
                began);
    }

    /** It wasn't running and should be, or its start failed. */
    Life down(Instant now, HaproxyConfiguration configuration, String why) {
        return new Life(State.DOWN, now, true, 0, 0, configuration, Set.of(), false, why, deaths + 1, startedAt);
    }

    Life reloading(Instant now) {
        return with(State.RELOADING, now, reason);
    }

    /** A reload that failed: the old worker serves on. */
    Life notReloaded(Instant now) {
        return state == State.RELOADING ? with(State.RUNNING, now, reason) : this;
    }

    Life stopping(Instant now) {
        return new Life(
                State.STOPPING, now, false, master, worker, running, listening, answers, "is being stopped", 0, now);
    }

    /** Whether it answered when last asked, and listens wherever it should. */
    boolean complete() {
        return answers && missing(running, listening).isEmpty();
    }

    /** A stop that failed: it serves on, and is wanted to. */
    Life notStopped(Instant now) {
        return new Life(
                State.RUNNING,
                now,
                true,
                master,
                worker,
                running,
                listening,
                answers,
                missing(running, listening),
                0,
                now);
    }

    /** What a look at the sockets showed; of the worker that was looked at. */
    Life observed(long workerPid, Set<Bind> seen, boolean answered) {
        boolean current = workerPid == worker && (state == State.RUNNING || state == State.RELOADING);
        if (!current) {
            return this;
        }
        String why = answered ? missing(running, seen) : "doesn't answer on its statistics socket";
        return new Life(state, since, wanted, master, worker, running, seen, answered, why, deaths, startedAt);
    }

    /** Somebody else made it reload: this worker has taken over. */
    Life succeeded(Instant now, long workerPid, HaproxyConfiguration configuration, Set<Bind> seen) {
        return worker == workerPid || master == 0 ? this : up(now, master, workerPid, configuration, seen);
    }

    /** A process ended. What isn't the master or the worker of now says nothing: old workers end when they are done. */
    Life ended(Instant now, long pid) {
        boolean alive = state == State.RUNNING || state == State.RELOADING;
        if (!alive || (pid != master && pid != worker)) {
            return this;
        }
        String why = pid == master ? "died" : "lost its worker process";
        int inARow = startedAt.plus(WELL).isAfter(now) ? deaths + 1 : 1;
        return new Life(State.DOWN, now, wanted, master, 0, running, Set.of(), false, why, inARow, startedAt);
    }

    /** How long to wait before the next start: nothing the first time, then 1 s, 2 s, 4 s, 8 s, 15 s. */
    Duration pause() {
        if (deaths <= 1) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(deaths - 2, 4));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private Life with(State next, Instant now, String why) {
        return new Life(next, now, wanted, master, worker, running, listening, answers, why, deaths, startedAt);
    }

    private static String missing(HaproxyConfiguration configuration, Set<Bind> seen) {
        if (configuration.frontends().isEmpty()) {
            return "has no frontend";
        }
        return configuration.frontends().stream()
                .flatMap(frontend -> frontend.binds().stream())
                .filter(bind -> !seen.contains(bind))
                .findFirst()
                .map(bind -> "isn't listening on " + bind)
                .orElse("");
    }

    LoadBalancerState show(String id, HaproxyConfiguration stored) {
        return new LoadBalancerState(id, state, since, master, worker, running, stored, listening, answers, reason);
    }
}
