// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;

/**
 * A peer with up to two connections.
 *
 * @param rest what it is doing where it has no connection: IDLE (stopped, or held back after a failure), CONNECT or ACTIVE
 * @param started false = stopped by an operator
 * @param failures sessions and connection attempts that failed in a row; decides the wait before the next one
 * @param establishedAt when the running session was established; null when none is
 */
public record Peer(
        PeerSettings settings,
        Pace pace,
        boolean started,
        SessionState rest,
        @Nullable Session outgoing,
        @Nullable Session incoming,
        int failures,
        @Nullable Instant establishedAt) {

    /**
     * How patient a peer is.
     *
     * @param firstWait wait after the first failure
     * @param longestWait the wait doubles up to this
     * @param connectRetry how long a connection attempt may take (RFC 4271 ConnectRetryTimer)
     * @param delayOpen how long to wait for the peer's OPEN before ours is sent; zero = not at all
     * @param stable a session that lived as long as this clears the failures before it
     * @param sendHold how long an established peer may take no bytes at least (RFC 9687 SendHoldTimer)
     */
    public record Pace(
            Duration firstWait,
            Duration longestWait,
            Duration connectRetry,
            Duration delayOpen,
            Duration stable,
            Duration sendHold) {
        /** Patient enough not to be a burden, quick enough that a router that is back is found within seconds. */
        public static final Pace DEFAULT = new Pace(
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofMinutes(8));

        /** RFC 9687 section 3: twice the hold time, and eight minutes at least. */
        Duration sendHold(Duration holdTime) {
            Duration twice = holdTime.multipliedBy(2);
            return twice.compareTo(sendHold) > 0 ? twice : sendHold;
        }

        /** The wait before the next attempt, doubled with each failure in a row. */
        Duration pause(int failures) {
            int doublings = Math.min(Math.max(failures - 1, 0), 16);
            Duration wait = firstWait.multipliedBy(1L << doublings);
            return wait.compareTo(longestWait) > 0 ? longestWait : wait;
        }

        /** Three quarters to all of it (RFC 4271 section 10), so that those who fail together don't try together. */
        public static Duration jittered(Duration longest, RandomGenerator random) {
            return Duration.ofNanos((long) (longest.toNanos() * (0.75 + 0.25 * random.nextDouble())));
        }
    }

    /** A peer that has not been started. */
    public static Peer idle(PeerSettings settings, Pace pace) {
        return new Peer(settings, pace, false, SessionState.IDLE, null, null, 0, null);
    }

    public @Nullable Session session(Side side) {
        return side == Side.OUTGOING ? outgoing : incoming;
    }

    boolean hasSession() {
        return outgoing != null || incoming != null;
    }

    Peer with(Side side, @Nullable Session session) {
        return side == Side.OUTGOING
                ? new Peer(settings, pace, started, rest, session, incoming, failures, establishedAt)
                : new Peer(settings, pace, started, rest, outgoing, session, failures, establishedAt);
    }

    Peer resting(SessionState state) {
        return new Peer(settings, pace, started, state, outgoing, incoming, failures, establishedAt);
    }

    Peer started(boolean on) {
        return new Peer(settings, pace, on, rest, outgoing, incoming, on ? failures : 0, establishedAt);
    }

    Peer failures(int count) {
        return new Peer(settings, pace, started, rest, outgoing, incoming, count, establishedAt);
    }

    Peer establishedAt(@Nullable Instant at) {
        return new Peer(settings, pace, started, rest, outgoing, incoming, failures, at);
    }

    Peer settings(PeerSettings changed) {
        return new Peer(changed, pace, started, rest, outgoing, incoming, failures, establishedAt);
    }

    /** The state in RFC 4271's words: that of the connection that has come farthest. */
    public SessionState state() {
        SessionState best = rest;
        for (Side side : Side.values()) {
            Session session = session(side);
            if (session != null) {
                SessionState state = switch (session.phase()) {
                    case DELAY_OPEN -> SessionState.CONNECT;
                    case OPEN_SENT -> SessionState.OPEN_SENT;
                    case OPEN_CONFIRM -> SessionState.OPEN_CONFIRM;
                    case ESTABLISHED -> SessionState.ESTABLISHED;
                    case CLOSED -> SessionState.IDLE;
                };
                best = state.compareTo(best) > 0 ? state : best;
            }
        }
        return best;
    }
}
