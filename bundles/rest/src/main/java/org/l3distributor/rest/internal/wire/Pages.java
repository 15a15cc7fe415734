// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists: each with its rows under the name of what they are, links, and the marker of the next page. */
public final class Pages {
    private Pages() {}

    @Snake
    @Schema(name = "AmphoraList")
    public record Amphorae(
            List<RegistrationBody> amphorae,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "VipList")
    public record Vips(
            List<RegistrationBody> vips,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "OwnVipList")
    public record OwnVips(
            List<OwnVipBody> ownVips,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "HeldConnectionsList")
    public record LoadBalancers(
            List<HeldBody> loadBalancers,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "PeerList")
    public record Peers(
            List<PeerBody> peers,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "AdvertisedList")
    public record Advertised(
            List<AdvertisedBody> advertised,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "SpeakerList")
    public record Speakers(
            List<SpeakerBody> speakers,
            List<Link> links,

            @Schema(nullable = true) @Nullable String nextMarker) {}

    @Snake
    @Schema(name = "EventList", description = "The newest first")
    public record Events(List<EventBody> events) {}
}
