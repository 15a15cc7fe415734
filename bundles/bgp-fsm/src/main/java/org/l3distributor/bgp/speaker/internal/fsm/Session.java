// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;

/**
 * One connection of a peer.
 *
 * @param settings as they were when the connection was made; changed ones hold from the next connection on
 * @param negotiated null until the peer's OPEN was accepted
 */
public record Session(
        PeerSettings settings, Phase phase, @Nullable Negotiated negotiated) {
    /** RFC 4271 section 8.2.2: how long an OPEN may be waited for. */
    public static final Duration OPEN_HOLD = Duration.ofMinutes(4);

    /** RFC 9687 section 3: at least eight minutes, and twice the hold time. */
    static Duration sendHold(Duration holdTime) {
        Duration least = Duration.ofMinutes(8);
        Duration twice = holdTime.multipliedBy(2);
        return twice.compareTo(least) > 0 ? twice : least;
    }

    Session to(Phase next) {
        return new Session(settings, next, negotiated);
    }
}
