// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;

/**
 * One row of a peer's Adj-RIB-Out.
 *
 * @param bandwidth of the next hop in bytes per second, as this peer is told; 0 = it isn't
 * @param state WRITTEN, SESSION_DOWN (wanted, waits) or SUPPRESSED (wanted, not sent for the reason given)
 */
public record AdvertisedRoute(
        PeerId peer,
        Route route,
        float bandwidth,
        Delivery.State state,
        @Nullable Instant writtenAt,
        @Nullable String reason) {}
