// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;

/**
 * One connection of a peer.
 *
 * @param settings as they were when the connection was made; changed ones hold from the next connection on
 * @param pace how patient it is
 * @param negotiated null until the peer's OPEN was accepted
 */
public record Session(
        PeerSettings settings,
        Peer.Pace pace,
        Phase phase,
        @Nullable Negotiated negotiated) {
    /** RFC 4271 section 8.2.2: how long an OPEN may be waited for. */
    public static final Duration OPEN_HOLD = Duration.ofMinutes(4);

    Session to(Phase next) {
        return new Session(settings, pace, next, negotiated);
    }
}
