// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.AdvertisedView;

@Snake
@Schema(name = "AdvertisedRoute", description = "One route of a peer's Adj-RIB-Out")
public record AdvertisedBody(
        String peerId,
        @Schema(example = "203.0.113.10/32") String prefix,
        @Schema(example = "10.20.0.11") String nexthopIp,

        @Schema(
                description = "What the next hop can take in bytes per second, as this peer is told; null = it isn't",
                example = "375000",
                nullable = true)
        @Nullable
        Double linkBandwidth,

        @Schema(allowableValues = {"announced", "pending", "suppressed", "withdrawn"})
        String state,

        @Schema(nullable = true) @Nullable String writtenAt,
        @Schema(nullable = true) @Nullable String reason) {
    public static AdvertisedBody of(AdvertisedView view) {
        return new AdvertisedBody(
                view.peer().value(),
                view.prefix().toString(),
                view.nextHop().toString(),
                view.bandwidth(),
                view.state().name().toLowerCase(Locale.ROOT),
                Moments.text(view.writtenAt()),
                view.reason());
    }
}
