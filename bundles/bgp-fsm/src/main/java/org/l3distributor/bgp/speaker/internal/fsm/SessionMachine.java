// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.speaker.PeerSettings;

/**
 * What happens on one connection, from the moment TCP has it (RFC 4271 section 8.2.2). Every (phase, event) pair is
 * decided; a test prints the whole table.
 */
public final class SessionMachine {
    private SessionMachine() {}

    /** A connection has come to be. */
    public static SessionStep connected(PeerSettings settings, Peer.Pace pace) {
        if (pace.delayOpen().isZero()) {
            return openSent(new Session(settings, pace, Phase.OPEN_SENT, null), new ArrayList<>());
        }
        return new SessionStep(
                new Session(settings, pace, Phase.DELAY_OPEN, null),
                List.of(new SessionEffect.Arm(SessionTimer.DELAY_OPEN, pace.delayOpen())));
    }

    /** The same answer for the same session and event, always. */
    public static SessionStep on(Session session, SessionEvent event) {
        if (session.phase() == Phase.CLOSED) {
            return new SessionStep(session, List.of());
        }
        if (event instanceof SessionEvent.OpenReceived received) {
            return opened(session, received.open());
        } else if (event instanceof SessionEvent.KeepaliveReceived) {
            return keptAlive(session);
        } else if (event instanceof SessionEvent.UpdateReceived) {
            return session.phase() == Phase.ESTABLISHED ? heard(session) : unexpected(session, "UPDATE");
        } else if (event instanceof SessionEvent.RefreshReceived received) {
            return refreshed(session, received.refresh());
        } else if (event instanceof SessionEvent.NotificationReceived received) {
            return notified(session, received.notification());
        } else if (event instanceof SessionEvent.FaultReceived received) {
            return fail(session, received.error());
        } else if (event instanceof SessionEvent.TimerExpired expired) {
            return expired(session, expired.timer());
        } else if (event instanceof SessionEvent.SendBlocked) {
            return blocked(session);
        } else if (event instanceof SessionEvent.SendResumed) {
            return new SessionStep(session, List.of(new SessionEffect.Disarm(SessionTimer.SEND_HOLD)));
        } else if (event instanceof SessionEvent.ConnectionLost lost) {
            return end(session, List.of(), new SessionEffect.Ended(null, null, lost.reason()));
        } else if (event instanceof SessionEvent.Cease cease) {
            return say(session, cease.notification(), cease.reason());
        }
        throw new IllegalArgumentException("an event that nobody decided: " + event);
    }

    private static SessionStep openSent(Session session, List<SessionEffect> effects) {
        effects.add(new SessionEffect.Send(OpenRules.local(session.settings())));
        effects.add(new SessionEffect.Arm(SessionTimer.HOLD, Session.OPEN_HOLD));
        return new SessionStep(session.to(Phase.OPEN_SENT), effects);
    }

    private static SessionStep opened(Session session, OpenMessage remote) {
        return switch (session.phase()) {
            case DELAY_OPEN -> {
                List<SessionEffect> effects = new ArrayList<>();
                effects.add(new SessionEffect.Disarm(SessionTimer.DELAY_OPEN));
                SessionStep sent = openSent(session, effects);
                SessionStep confirmed = opened(sent.session(), remote);
                List<SessionEffect> all = new ArrayList<>(sent.effects());
                all.addAll(confirmed.effects());
                yield new SessionStep(confirmed.session(), all);
            }
            case OPEN_SENT -> {
                Optional<ProtocolError> error = OpenRules.judge(session.settings(), remote);
                yield error.isPresent() ? fail(session, error.get()) : confirm(session, remote);
            }
            case OPEN_CONFIRM, ESTABLISHED, CLOSED -> unexpected(session, "OPEN");
        };
    }

    private static SessionStep confirm(Session session, OpenMessage remote) {
        OpenMessage local = OpenRules.local(session.settings());
        Negotiated negotiated = Negotiated.of(session.settings(), local, remote);
        List<SessionEffect> effects = new ArrayList<>();
        effects.add(new SessionEffect.Agreed(negotiated));
        effects.add(new SessionEffect.Send(KeepaliveMessage.INSTANCE));
        if (negotiated.holdTime().isZero()) {
            effects.add(new SessionEffect.Disarm(SessionTimer.HOLD));
        } else {
            effects.add(new SessionEffect.Arm(SessionTimer.HOLD, negotiated.holdTime()));
            effects.add(new SessionEffect.Arm(SessionTimer.KEEPALIVE, negotiated.keepalive()));
        }
        return new SessionStep(
                new Session(session.settings(), session.pace(), Phase.OPEN_CONFIRM, negotiated), effects);
    }

    private static SessionStep keptAlive(Session session) {
        return switch (session.phase()) {
            case OPEN_CONFIRM -> {
                List<SessionEffect> effects = new ArrayList<>(heard(session).effects());
                effects.add(new SessionEffect.Established(negotiated(session)));
                yield new SessionStep(session.to(Phase.ESTABLISHED), effects);
            }
            case ESTABLISHED -> heard(session);
            case DELAY_OPEN, OPEN_SENT, CLOSED -> unexpected(session, "KEEPALIVE");
        };
    }

    /** The peer lives: the hold timer starts anew, unless there is none. */
    private static SessionStep heard(Session session) {
        Duration hold = negotiated(session).holdTime();
        return new SessionStep(
                session, hold.isZero() ? List.of() : List.of(new SessionEffect.Arm(SessionTimer.HOLD, hold)));
    }

    /** Marks and unknown subtypes are heard and otherwise ignored (RFC 7313 section 5): nothing of the peer's is kept. */
    private static SessionStep refreshed(Session session, RouteRefreshMessage refresh) {
        if (session.phase() != Phase.ESTABLISHED) {
            return unexpected(session, "ROUTE-REFRESH");
        }
        List<SessionEffect> effects = new ArrayList<>(heard(session).effects());
        if (refresh.subtype() == RouteRefreshMessage.REQUEST) {
            effects.add(new SessionEffect.Resend(refresh.family()));
        }
        return new SessionStep(session, effects);
    }

    private static SessionStep notified(Session session, NotificationMessage notification) {
        String words = notification
                .shutdownCommunication()
                .map(text -> ": \"" + text + "\"")
                .orElse("");
        return end(
                session,
                List.of(),
                new SessionEffect.Ended(null, notification, "received " + notification.describe() + words));
    }

    private static SessionStep expired(Session session, SessionTimer timer) {
        if (!mayRun(session, timer)) {
            return ignored(session);
        }
        return switch (timer) {
            case DELAY_OPEN -> openSent(session, new ArrayList<>());
            case HOLD -> say(session, NotificationMessage.of(BgpError.HOLD_TIMER_EXPIRED), "the peer has been silent");
            case KEEPALIVE -> keepAlive(session);
            // RFC 9687 section 3: what is said now can't be sent either, but it is tried
            case SEND_HOLD ->
                say(session, NotificationMessage.of(BgpError.SEND_HOLD_TIMER_EXPIRED), "the peer takes no bytes");
        };
    }

    /** A timer that was not started in this phase has nothing to say. */
    private static boolean mayRun(Session session, SessionTimer timer) {
        Negotiated agreed = session.negotiated();
        boolean timed = agreed != null && !agreed.holdTime().isZero();
        return switch (timer) {
            case DELAY_OPEN -> session.phase() == Phase.DELAY_OPEN;
            case HOLD -> timed || session.phase() == Phase.OPEN_SENT;
            case KEEPALIVE -> timed;
            case SEND_HOLD -> timed && session.phase() == Phase.ESTABLISHED;
        };
    }

    private static SessionStep keepAlive(Session session) {
        return new SessionStep(
                session,
                List.of(
                        new SessionEffect.Send(KeepaliveMessage.INSTANCE),
                        new SessionEffect.Arm(
                                SessionTimer.KEEPALIVE, negotiated(session).keepalive())));
    }

    private static SessionStep blocked(Session session) {
        if (!mayRun(session, SessionTimer.SEND_HOLD)) {
            return ignored(session);
        }
        Duration patience = session.pace().sendHold(negotiated(session).holdTime());
        return new SessionStep(session, List.of(new SessionEffect.Arm(SessionTimer.SEND_HOLD, patience)));
    }

    private static SessionStep ignored(Session session) {
        return new SessionStep(session, List.of());
    }

    /** RFC 6608: the subcode says in which state the message surprised. */
    private static SessionStep unexpected(Session session, String message) {
        BgpError error = switch (session.phase()) {
            case OPEN_SENT -> BgpError.UNEXPECTED_MESSAGE_IN_OPEN_SENT;
            case OPEN_CONFIRM -> BgpError.UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM;
            case ESTABLISHED -> BgpError.UNEXPECTED_MESSAGE_IN_ESTABLISHED;
            case DELAY_OPEN, CLOSED -> BgpError.FSM_ERROR;
        };
        return say(session, NotificationMessage.of(error), "unexpected " + message);
    }

    private static SessionStep fail(Session session, ProtocolError error) {
        return say(session, error.notification(), error.reason());
    }

    private static SessionStep say(Session session, NotificationMessage notification, String reason) {
        return end(
                session,
                List.of(new SessionEffect.Send(notification)),
                new SessionEffect.Ended(notification, null, "sent " + notification.describe() + ": " + reason));
    }

    private static SessionStep end(Session session, List<SessionEffect> words, SessionEffect.Ended ended) {
        List<SessionEffect> effects = new ArrayList<>(words);
        for (SessionTimer timer : SessionTimer.values()) {
            effects.add(new SessionEffect.Disarm(timer));
        }
        effects.add(new SessionEffect.Close());
        effects.add(ended);
        return new SessionStep(session.to(Phase.CLOSED), effects);
    }

    private static Negotiated negotiated(Session session) {
        return Objects.requireNonNull(session.negotiated(), "a confirmed session has agreed on something");
    }
}
