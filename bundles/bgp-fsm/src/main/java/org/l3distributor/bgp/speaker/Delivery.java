// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change at one peer.
 *
 * @param state whether the peer's socket took it
 * @param at when the socket took the bytes; null unless WRITTEN
 * @param reason why not, for an operator; null when WRITTEN
 */
public record Delivery(
        State state, @Nullable Instant at, @Nullable String reason) {
    public enum State {
        /** The UPDATE was taken by the peer's socket, or the peer already had it that way. */
        WRITTEN,
        /** The session isn't established; it is sent when it is. A withdrawal counts as done: the peer has no route. */
        SESSION_DOWN,
        /** This peer doesn't get this route: the family isn't negotiated, or another next hop holds the prefix. */
        SUPPRESSED
    }
}
