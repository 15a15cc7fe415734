// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.NotificationMessage;

/** What the shell is to do for one connection, in the order given. */
public sealed interface SessionEffect {
    record Send(BgpMessage message) implements SessionEffect {}

    /** Closes the TCP connection when what was sent before is written. */
    record Close() implements SessionEffect {}

    /** Starts the timer anew. */
    record Arm(SessionTimer timer, Duration duration) implements SessionEffect {}

    record Disarm(SessionTimer timer) implements SessionEffect {}

    /** The peer's OPEN was accepted: from here on messages are coded as negotiated. */
    record Agreed(Negotiated negotiated) implements SessionEffect {}

    /** Routes may be sent. */
    record Established(Negotiated negotiated) implements SessionEffect {}

    /** The peer wants a family's routes again. */
    record Resend(AfiSafi family) implements SessionEffect {}

    /**
     * The session has ended.
     *
     * @param sent the NOTIFICATION that was sent, if one was
     * @param received the NOTIFICATION that was received, if one was
     * @param reason in words
     */
    record Ended(
            @Nullable NotificationMessage sent, @Nullable NotificationMessage received, String reason)
            implements SessionEffect {}
}
