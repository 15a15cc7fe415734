// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators send, for the OpenAPI document: what it holds is read by the rules of distributor-api. */
public final class OperatorRequests {
    private OperatorRequests() {}

    @Schema(name = "DistributorCreate")
    public record DistributorCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewDistributor distributor) {}

    @Snake
    @Schema(name = "NewDistributor")
    public record NewDistributor(
            @Schema(maxLength = 255) @Nullable String name,
            @Schema(defaultValue = "L3_BGP") @Nullable String distributorType,

            @Schema(
                    defaultValue = "COMBINED",
                    allowableValues = {"COMBINED", "DEDICATED"})
            @Nullable
            String topology,

            @Schema(defaultValue = "1", minimum = "1", maximum = "16") @Nullable
            Integer redundancy) {}

    @Schema(name = "DistributorUpdate")
    public record DistributorUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedDistributor distributor) {}

    @Snake
    @Schema(name = "ChangedDistributor", description = "What isn't there stays; null brings the default back")
    public record ChangedDistributor(
            @Nullable String name, @Nullable Integer redundancy) {}

    @Schema(name = "DistributorAmphoraCreate")
    public record AmphoraCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewAmphora amphora) {}

    @Snake
    @Schema(name = "NewDistributorAmphora")
    public record NewAmphora(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "The speakers of the BGP peer profile that it runs")
            List<String> speakerIds) {}

    @Schema(name = "BgpSpeakerCreate")
    public record SpeakerCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewSpeaker speaker) {}

    @Snake
    @Schema(name = "NewBgpSpeaker")
    public record NewSpeaker(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64)
            String name,

            @Nullable String description,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            int ipVersion,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            long localAs,

            @Nullable List<String> allowedVipPrefixes) {}

    @Schema(name = "BgpSpeakerUpdate")
    public record SpeakerUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedSpeaker speaker) {}

    @Snake
    @Schema(name = "ChangedBgpSpeaker", description = "What isn't there stays; null takes away")
    public record ChangedSpeaker(
            @Nullable String name,
            @Nullable String description,
            @Nullable Integer ipVersion,
            @Nullable Long localAs,
            @Nullable List<String> allowedVipPrefixes) {}

    @Schema(name = "BgpPeerCreate")
    public record PeerCreate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            NewPeer peer) {}

    @Snake
    @Schema(name = "NewBgpPeer", description = "The profile's fields; a password is refused")
    public record NewPeer(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64)
            String name,

            @Nullable String description,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String peerIp,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            long remoteAs,

            @Schema(allowableValues = {"md5"}) @Nullable String authType,

            @Schema(minimum = "1", maximum = "254") @Nullable
            Integer ttlHops,

            @Schema(description = "0 or 3..65535 s") @Nullable
            Integer holdTime,

            @Schema(description = "Less than the hold time") @Nullable
            Integer keepaliveInterval,

            @Nullable List<String> families,
            @Schema(defaultValue = "false") @Nullable Boolean addPath,
            @Schema(defaultValue = "false") @Nullable Boolean passive,
            @Schema(defaultValue = "true") @Nullable Boolean enabled) {}

    @Schema(name = "BgpPeerUpdate")
    public record PeerUpdate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            ChangedPeer peer) {}

    @Snake
    @Schema(name = "ChangedBgpPeer", description = "What isn't there stays; null takes away")
    public record ChangedPeer(
            @Nullable String name,
            @Nullable String description,
            @Nullable String peerIp,
            @Nullable Long remoteAs,
            @Nullable String authType,
            @Nullable Integer ttlHops,
            @Nullable Integer holdTime,
            @Nullable Integer keepaliveInterval,
            @Nullable List<String> families,
            @Nullable Boolean addPath,
            @Nullable Boolean passive,
            @Nullable Boolean enabled) {}
}
