// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/**
 * One route of one peer's Adj-RIB-Out.
 *
 * @param bandwidth of the next hop in bytes per second, as this peer is told; null = it isn't
 */
public record AdvertisedView(
        PeerId peer,
        IpPrefix prefix,
        IpAddress nextHop,
        @Nullable Double bandwidth,
        RouteState state,
        @Nullable Instant writtenAt,
        @Nullable String reason) {}
