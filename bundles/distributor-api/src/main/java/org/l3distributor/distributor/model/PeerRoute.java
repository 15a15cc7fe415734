// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;

/**
 * The state of one registration at one peer.
 *
 * @param writtenAt when the UPDATE was written to the socket; null unless it was
 * @param reason why it is pending or suppressed, for an operator; null otherwise
 */
public record PeerRoute(
        PeerId peer,
        RouteState state,
        @Nullable Instant writtenAt,
        @Nullable String reason) {}
