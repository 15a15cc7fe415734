// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;

/** What the shell is to do for a peer, in the order given. */
public sealed interface PeerOutput {
    /** Begins to connect; ends in Connected or ConnectFailed. */
    record Connect() implements PeerOutput {}

    /** Gives up a connection in the making, if there is one; nothing is reported of it. */
    record AbortConnect() implements PeerOutput {}

    /** Closes a connection that was just made, for it is not wanted. */
    record Refuse(Side side, String reason) implements PeerOutput {}

    /** Starts the one wait of a peer without a session anew; the shell shortens it by up to a quarter (jitter). */
    record ArmRetry(Duration longest) implements PeerOutput {}

    record DisarmRetry() implements PeerOutput {}

    /** Does something for one connection. */
    record ForSession(Side side, SessionEffect effect) implements PeerOutput {}
}
