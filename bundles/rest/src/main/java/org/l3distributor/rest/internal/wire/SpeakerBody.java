// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.IpPrefix;

@Snake
@Schema(name = "Speaker", description = "One BGP speaker at this moment")
public record SpeakerBody(
        String name,
        @Schema(nullable = true) @Nullable String id,
        @Schema(allowableValues = {"4", "6"}) int ipVersion,
        long localAs,

        @Schema(description = "The one in use; null while none is known", nullable = true) @Nullable
        String routerId,

        @Schema(nullable = true) @Nullable String serviceType,

        @Schema(description = "What may be announced at all; empty = no bound")
        List<String> allowedVipPrefixes,

        @Schema(description = "Ids of its peers") List<String> peers,

        @Schema(description = "How many of its sessions are Established")
        int established) {
    /** @param views the looking glass's view of all peers */
    public static SpeakerBody of(SpeakerProfile profile, List<PeerView> views) {
        List<PeerView> own =
                views.stream().filter(v -> v.speaker().equals(profile.name())).toList();
        String routerId = profile.routerId() != null
                ? profile.routerId().toString()
                : own.stream()
                        .map(v -> v.localRouterId().toString())
                        .findFirst()
                        .orElse(null);
        return new SpeakerBody(
                profile.name(),
                profile.id(),
                profile.transport().ipVersion(),
                profile.localAs().value(),
                routerId,
                profile.serviceType(),
                profile.allowedVipPrefixes().stream().map(IpPrefix::toString).toList(),
                profile.peers().stream().map(p -> p.id().value()).toList(),
                (int) own.stream().filter(v -> v.state().equals("Established")).count());
    }
}
