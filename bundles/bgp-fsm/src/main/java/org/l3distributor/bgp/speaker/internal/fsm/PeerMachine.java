// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;

/**
 * What happens to a peer: Idle, Connect and Active (RFC 4271 section 8.2.2), the wait between attempts, and which of two
 * connections stays (section 6.8, RFC 6286). Above it there is nothing; below it, one {@link SessionMachine} per
 * connection.
 */
public final class PeerMachine {
    private Peer peer;
    private final Instant now;
    private final List<PeerOutput> outputs = new ArrayList<>();

    private PeerMachine(Peer peer, Instant now) {
        this.peer = peer;
        this.now = now;
    }

    /** The same answer for the same peer, input and time, always. */
    public static PeerStep on(Peer peer, PeerInput input, Instant now) {
        PeerMachine machine = new PeerMachine(peer, now);
        machine.take(input);
        return new PeerStep(machine.peer, machine.outputs);
    }

    private void take(PeerInput input) {
        if (input instanceof PeerInput.Start) {
            start();
        } else if (input instanceof PeerInput.Stop stop) {
            stop(stop.notification(), stop.reason());
        } else if (input instanceof PeerInput.Reset reset) {
            if (peer.started()) {
                stop(reset.notification(), reset.reason());
                start();
            }
        } else if (input instanceof PeerInput.Configure configure) {
            configure(configure.settings());
        } else if (input instanceof PeerInput.RetryExpired) {
            retry();
        } else if (input instanceof PeerInput.ConnectFailed) {
            connectFailed();
        } else if (input instanceof PeerInput.Connected connected) {
            connected(connected.side());
        } else if (input instanceof PeerInput.OnSession on) {
            session(on.side(), on.event());
        } else {
            throw new IllegalArgumentException("an input that nobody decided: " + input);
        }
    }

    private void start() {
        if (!peer.started()) {
            peer = peer.started(true);
            attempt();
        }
    }

    /** The first attempt is made at once; a passive peer waits for the other end. */
    private void attempt() {
        if (peer.settings().passive()) {
            peer = peer.resting(SessionState.ACTIVE);
            outputs.add(new PeerOutput.DisarmRetry());
        } else {
            peer = peer.resting(SessionState.CONNECT);
            outputs.add(new PeerOutput.Connect());
            outputs.add(new PeerOutput.ArmRetry(peer.pace().connectRetry()));
        }
    }

    /** They hold from the next connection on. Who makes that one is settled at once: else nobody might ever begin. */
    private void configure(PeerSettings settings) {
        boolean turned = settings.passive() != peer.settings().passive();
        peer = peer.settings(settings);
        if (turned && peer.started() && peer.outgoing() == null && !isOpened(peer.incoming())) {
            outputs.add(new PeerOutput.AbortConnect());
            attempt();
        }
    }

    private void stop(NotificationMessage notification, String reason) {
        peer = peer.started(false).resting(SessionState.IDLE).establishedAt(null);
        outputs.add(new PeerOutput.AbortConnect());
        outputs.add(new PeerOutput.DisarmRetry());
        for (Side side : Side.values()) {
            session(side, new SessionEvent.Cease(notification, reason));
        }
    }

    /** A connection on which the peer has said nothing yet doesn't keep us from calling it. */
    private void retry() {
        if (peer.started() && peer.outgoing() == null && !isOpened(peer.incoming())) {
            outputs.add(new PeerOutput.AbortConnect());
            attempt();
        }
    }

    private void connectFailed() {
        if (peer.started() && peer.session(Side.OUTGOING) == null) {
            peer = peer.failures(peer.failures() + 1);
            // Where an incoming connection has come as far as an OPEN, it alone decides.
            if (!isOpened(peer.incoming())) {
                waitIn(SessionState.ACTIVE);
            }
        }
    }

    private static boolean isOpened(@Nullable Session session) {
        return session != null && (session.phase() == Phase.OPEN_CONFIRM || session.phase() == Phase.ESTABLISHED);
    }

    private void waitIn(SessionState state) {
        peer = peer.resting(peer.settings().passive() ? SessionState.ACTIVE : state);
        if (peer.settings().passive()) {
            outputs.add(new PeerOutput.DisarmRetry());
        } else {
            outputs.add(new PeerOutput.ArmRetry(peer.pace().pause(peer.failures())));
        }
    }

    private void connected(Side side) {
        Session same = peer.session(side);
        Session other = peer.session(side.other());
        if (!peer.started()) {
            outputs.add(new PeerOutput.Refuse(side, "the peer is held down"));
        } else if (side == Side.INCOMING && peer.rest() == SessionState.IDLE && !peer.hasSession()) {
            outputs.add(new PeerOutput.Refuse(side, "the peer is held back after a failure"));
        } else if (same != null && (side == Side.OUTGOING || isOpened(same))) {
            outputs.add(new PeerOutput.Refuse(side, "there is such a connection already"));
        } else if (other != null && other.phase() == Phase.ESTABLISHED) {
            outputs.add(new PeerOutput.Refuse(side, "the session is established"));
        } else {
            if (same != null) {
                replace(same);
            }
            if (side == Side.OUTGOING) {
                outputs.add(new PeerOutput.DisarmRetry());
            }
            apply(side, SessionMachine.connected(peer.settings(), peer.pace()), SessionState.IDLE);
        }
    }

    /** A peer that connects anew has given up, or forgotten, a connection on which it never said anything. */
    private void replace(Session silent) {
        SessionEvent last = new SessionEvent.Cease(
                NotificationMessage.of(BgpError.CONNECTION_REJECTED), "the peer connected again");
        apply(Side.INCOMING, SessionMachine.on(silent, last), SessionState.ACTIVE);
    }

    private void session(Side side, SessionEvent event) {
        Session session = peer.session(side);
        if (session == null) {
            return;
        }
        if (event instanceof SessionEvent.OpenReceived received && collides(side, session, received.open())) {
            Side loser = weAreHigher(session.settings(), received.open()) ? Side.INCOMING : Side.OUTGOING;
            cease(loser);
            if (loser == side) {
                return;
            }
        }
        apply(side, SessionMachine.on(session, event), restAfter(session, event));
    }

    /**
     * RFC 4271 section 8.2.2: after event 18 in OpenSent a peer is Active, after every other end Idle. A peer that refuses
     * while it is held back looks like the former; were both ends Idle then, each would refuse the other for ever.
     */
    private static SessionState restAfter(Session session, SessionEvent event) {
        return event instanceof SessionEvent.ConnectionLost && !isOpened(session)
                ? SessionState.ACTIVE
                : SessionState.IDLE;
    }

    private void apply(Side side, SessionStep step, SessionState rest) {
        boolean wasEstablished = peer.establishedAt() != null;
        peer = peer.with(side, step.session().phase() == Phase.CLOSED ? null : step.session());
        for (SessionEffect effect : step.effects()) {
            outputs.add(new PeerOutput.ForSession(side, effect));
            if (effect instanceof SessionEffect.Established) {
                established(side);
            } else if (effect instanceof SessionEffect.Ended && peer.started()) {
                ended(wasEstablished && !isEstablished(), rest);
            }
        }
    }

    private boolean isEstablished() {
        return peer.state() == SessionState.ESTABLISHED;
    }

    private void established(Side side) {
        peer = peer.establishedAt(now);
        outputs.add(new PeerOutput.AbortConnect());
        outputs.add(new PeerOutput.DisarmRetry());
        cease(side.other());
    }

    private void cease(Side loser) {
        session(
                loser,
                new SessionEvent.Cease(
                        NotificationMessage.of(BgpError.CONNECTION_COLLISION_RESOLUTION),
                        "the other connection stays"));
    }

    /**
     * A session is over. While the peer still has another connection, that one goes on. Otherwise the next attempt waits:
     * shortest after a session that was stable, longer and longer after those that were not (DampPeerOscillations).
     */
    private void ended(boolean established, SessionState rest) {
        Instant since = peer.establishedAt();
        if (established && since != null) {
            boolean stable = Duration.between(since, now).compareTo(peer.pace().stable()) >= 0;
            peer = peer.establishedAt(null).failures(stable ? 0 : peer.failures() + 1);
        } else if (!peer.hasSession()) {
            peer = peer.failures(peer.failures() + 1);
        }
        if (!peer.hasSession()) {
            waitIn(rest);
        }
    }

    /**
     * Two connections with a good OPEN each. One must go before this OPEN is answered: a KEEPALIVE on the one that goes would
     * let the peer establish it, and close the one that stays. While the other's OPEN has not come, both go on.
     */
    private boolean collides(Side side, Session session, OpenMessage remote) {
        Session other = peer.session(side.other());
        boolean awaited = session.phase() == Phase.OPEN_SENT || session.phase() == Phase.DELAY_OPEN;
        return awaited
                && other != null
                && other.phase() == Phase.OPEN_CONFIRM
                && OpenRules.judge(session.settings(), remote).isEmpty();
    }

    /**
     * The connection that was made by the side of the higher identifier stays (RFC 4271 section 6.8); of equal ones, that of
     * the higher AS number (RFC 6286 section 2.3).
     */
    private static boolean weAreHigher(PeerSettings settings, OpenMessage remote) {
        int byIdentifier = settings.routerId().compareTo(remote.identifier());
        return byIdentifier != 0 ? byIdentifier > 0 : settings.localAs().compareTo(remote.asNumber()) > 0;
    }
}
