// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.ListenerStatistics;

/** Octavia's fields, in which the front end is called vrrp, and those of an L3 distributor. */
@Snake
@Schema(name = "Amphora")
public record AmphoraBody(
        String id,
        @Schema(nullable = true) @Nullable String loadbalancerId,
        @Schema(nullable = true) @Nullable String computeId,

        @Schema(nullable = true, description = "Where its API is asked") @Nullable
        String lbNetworkIp,

        @Schema(nullable = true, description = "The front-end address, next hop of the VIP") @Nullable
        String vrrpIp,

        @Schema(nullable = true, description = "The VIP") @Nullable
        String haIp,

        @Schema(nullable = true) @Nullable String vrrpPortId,
        @Schema(nullable = true) @Nullable String haPortId,
        @Schema(nullable = true) @Nullable String certExpiration,
        boolean certBusy,
        @Schema(nullable = true) @Nullable String role,
        String status,
        @Schema(nullable = true) @Nullable String vrrpInterface,
        @Schema(nullable = true) @Nullable Integer vrrpId,
        @Schema(nullable = true) @Nullable Integer vrrpPriority,

        @Schema(nullable = true, description = "What fails as a whole with it") @Nullable
        String cachedZone,

        @Schema(nullable = true) @Nullable String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,
        @Schema(nullable = true) @Nullable String imageId,
        @Schema(nullable = true) @Nullable String computeFlavor,

        @Schema(
                nullable = true,
                allowableValues = {"lb", "distributor", "combined"},
                description = "Whether it serves, announces for others, or does both")
        @Nullable
        String serviceType,

        @Schema(nullable = true, description = "Whose dedicated speaker it is") @Nullable
        String distributorId,

        @Schema(nullable = true) @Nullable String frontendSubnetId,

        @Schema(nullable = true, description = "A front-end address of the other family") @Nullable
        String frontendSecondIp,

        List<IdBody> speakers,

        @Schema(nullable = true, description = "When its last heartbeat came") @Nullable
        String lastUpdate,

        @Schema(description = "Something is being done to it")
        boolean busy) {
    public static AmphoraBody of(AmphoraView view) {
        Amphora one = view.amphora();
        Amphora.Frontend frontend = one.frontend();
        return new AmphoraBody(
                one.id(),
                one.loadBalancerId(),
                one.computeId(),
                IdBody.text(one.managementIp()),
                IdBody.text(frontend.ip()),
                IdBody.text(one.haIp()),
                frontend.portId(),
                one.haPortId(),
                IdBody.moment(one.certificateExpires()),
                one.certificateBusy(),
                one.role(),
                one.status().name(),
                frontend.interfaceName(),
                frontend.id(),
                frontend.priority(),
                one.failureDomain(),
                IdBody.moment(one.createdAt()),
                IdBody.moment(one.updatedAt()),
                one.imageId(),
                one.computeFlavor(),
                one.serviceType(),
                one.distributorId(),
                frontend.subnetId(),
                IdBody.text(frontend.secondIp()),
                IdBody.of(view.speakerIds()),
                IdBody.moment(view.lastHeard()),
                view.busy());
    }

    /** What a listener moved through it. */
    @Snake
    @Schema(name = "AmphoraStatistics")
    public record Traffic(
            @Schema(description = "The amphora's") String id,
            String listenerId,
            @Schema(nullable = true) @Nullable String loadbalancerId,
            long activeConnections,
            long bytesIn,
            long bytesOut,
            long requestErrors,
            long totalConnections) {
        public static Traffic of(ListenerStatistics one, @Nullable String loadbalancerId) {
            return new Traffic(
                    one.amphoraId(),
                    one.listenerId(),
                    loadbalancerId,
                    one.activeConnections(),
                    one.bytesIn(),
                    one.bytesOut(),
                    one.requestErrors(),
                    one.totalConnections());
        }
    }
}
