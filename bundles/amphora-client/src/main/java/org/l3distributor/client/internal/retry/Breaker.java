// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.retry;

import java.time.Duration;
import java.time.Instant;

/**
 * A circuit breaker: after several failures in a row nothing is tried for a while, then once, and the while doubles
 * with each try that fails, too.
 *
 * @param failures in a row
 * @param openings how often in a row it has opened
 * @param until in OPEN when the next attempt may be made; in PROBING when the one under way is given up for lost
 */
public record Breaker(State state, int failures, int openings, Instant until) {
    /** As it begins, and is again after each success. */
    public static final Breaker CLOSED = new Breaker(State.CLOSED, 0, 0, Instant.MIN);

    public enum State {
        /** Every attempt is made. */
        CLOSED,
        /** None is. */
        OPEN,
        /** One is under way, and decides. */
        PROBING
    }

    /**
     * When it opens, and for how long.
     *
     * @param failures in a row that open it, at least 1
     * @param rest how long it stays open the first time
     * @param longestRest how long at most
     * @param patience how long an attempt may take before another one is made in its place
     * @param memory how long failures are remembered after an attempt was last wanted: whoever isn't called any more is gone
     */
    public record Rules(int failures, Duration rest, Duration longestRest, Duration patience, Duration memory) {
        /** Remembered for an hour. */
        public Rules(int failures, Duration rest, Duration longestRest, Duration patience) {
            this(failures, rest, longestRest, patience, Duration.ofHours(1));
        }
    }

    /**
     * Whether an attempt may be made.
     *
     * @param breaker as it is then
     * @param notBefore when to ask again, {@link Instant#MIN} when it may be made now
     */
    public record Permit(Breaker breaker, Instant notBefore) {
        public boolean granted() {
            return notBefore.equals(Instant.MIN);
        }
    }

    public Permit ask(Instant now, Rules rules) {
        return switch (state) {
            case CLOSED -> new Permit(this, Instant.MIN);
            case OPEN, PROBING ->
                now.isBefore(until)
                        ? new Permit(this, until)
                        : new Permit(
                                new Breaker(State.PROBING, failures, openings, now.plus(rules.patience)), Instant.MIN);
        };
    }

    public Breaker succeeded() {
        return CLOSED;
    }

    /** An attempt that was permitted has failed. */
    public Breaker failed(Instant now, Rules rules) {
        int more = failures == Integer.MAX_VALUE ? failures : failures + 1;
        return switch (state) {
            case CLOSED ->
                more < rules.failures ? new Breaker(State.CLOSED, more, 0, Instant.MIN) : open(more, 0, now, rules);
            case OPEN -> new Breaker(State.OPEN, more, openings, until); // one that was begun before it opened
            case PROBING -> open(more, openings, now, rules);
        };
    }

    private static Breaker open(int failures, int openings, Instant now, Rules rules) {
        Duration rest = new Backoff(rules.rest, rules.longestRest).after(openings + 1, 0);
        return new Breaker(State.OPEN, failures, openings + 1, now.plus(rest));
    }
}
