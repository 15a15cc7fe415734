// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.PeerSettings;

/** What can happen to a peer. */
public sealed interface PeerInput {
    /** RFC 4271 events 1 and 3: it may have a session. */
    record Start() implements PeerInput {}

    /** Event 2: it may have none, until it is started again. */
    record Stop(NotificationMessage notification, String reason) implements PeerInput {}

    /** Ends the sessions, and begins again at once. */
    record Reset(NotificationMessage notification, String reason) implements PeerInput {}

    /** New settings; they hold from the next connection on. */
    record Configure(PeerSettings settings) implements PeerInput {}

    /** Events 9 and 13: the wait is over. */
    record RetryExpired() implements PeerInput {}

    /** Event 18 while there was no connection yet. */
    record ConnectFailed(String reason) implements PeerInput {}

    /** Events 16 and 17. */
    record Connected(Side side) implements PeerInput {}

    /** Something happened on a connection. */
    record OnSession(Side side, SessionEvent event) implements PeerInput {}
}
