// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;

/**
 * One row of a peer's Adj-RIB-Out.
 *
 * @param state WRITTEN, SESSION_DOWN (wanted, waits) or SUPPRESSED (wanted, not sent for the reason given)
 */
public record AdvertisedRoute(
        PeerId peer,
        Route route,
        Delivery.State state,
        @Nullable Instant writtenAt,
        @Nullable String reason) {}
