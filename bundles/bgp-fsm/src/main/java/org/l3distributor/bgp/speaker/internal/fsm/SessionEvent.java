// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;

/** What can happen on one connection. */
public sealed interface SessionEvent {
    /** RFC 4271 events 19 and 20. */
    record OpenReceived(OpenMessage open) implements SessionEvent {}

    /** Event 26. */
    record KeepaliveReceived() implements SessionEvent {}

    /** Event 27; what it said is counted elsewhere. */
    record UpdateReceived() implements SessionEvent {}

    /** RFC 2918, RFC 7313. */
    record RefreshReceived(RouteRefreshMessage refresh) implements SessionEvent {}

    /** Events 24 and 25. */
    record NotificationReceived(NotificationMessage notification) implements SessionEvent {}

    /** Events 21, 22 and 28: the codec found an error that ends the session. */
    record FaultReceived(ProtocolError error) implements SessionEvent {}

    /** Events 10 to 12. */
    record TimerExpired(SessionTimer timer) implements SessionEvent {}

    /** The socket doesn't take all: something has begun to wait, or it took some and more still waits. */
    record SendBlocked() implements SessionEvent {}

    /** The socket has taken all. */
    record SendResumed() implements SessionEvent {}

    /** Event 18: the TCP connection is gone. */
    record ConnectionLost(String reason) implements SessionEvent {}

    /** Events 2, 8 and 23, or a reset: this side ends the session, with these last words. */
    record Cease(NotificationMessage notification, String reason) implements SessionEvent {}
}
