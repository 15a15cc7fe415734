// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerView;
import org.l3distributor.distributor.controller.Vip;

@Snake
@Schema(name = "LoadBalancer")
public record LoadBalancerBody(
        String id,
        String name,
        String description,

        @Schema(description = "Where a change of it is: ACTIVE, ERROR or PENDING_*; it can be changed while ACTIVE")
        String provisioningStatus,

        @Schema(
                description =
                        "ONLINE: all its amphorae serve; DEGRADED: some do; ERROR: none does; OFFLINE: administratively down")
        String operatingStatus,

        boolean adminStateUp,
        String projectId,
        String tenantId,
        String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,

        @Schema(nullable = true, description = "The anycast address") @Nullable
        String vipAddress,

        @Schema(nullable = true) @Nullable String vipPortId,
        String vipSubnetId,
        String vipNetworkId,
        List<AdditionalVipBody> additionalVips,

        @Schema(description = "The network of the amphorae's own addresses, next hops of the VIP")
        String frontendNetworkId,

        String frontendSubnetId,

        @Schema(description = "How many amphorae serve it when all is well")
        int amphoraCount,

        List<IdBody> listeners,
        List<IdBody> pools,
        String provider,

        @Schema(nullable = true, description = "The distributor that its user chose") @Nullable
        String flavorId,

        @Schema(nullable = true) @Nullable String vipQosPolicyId,
        @Schema(nullable = true) @Nullable String availabilityZone,
        List<String> tags) {
    /** One more address. */
    @Snake
    @Schema(name = "AdditionalVip")
    public record AdditionalVipBody(
            String subnetId,
            @Schema(nullable = true) @Nullable String ipAddress) {
        static AdditionalVipBody of(Vip vip) {
            return new AdditionalVipBody(vip.subnetId(), IdBody.text(vip.address()));
        }
    }

    public static LoadBalancerBody of(LoadBalancerView view) {
        LoadBalancer one = view.loadBalancer();
        Header header = one.header();
        return new LoadBalancerBody(
                header.id(),
                header.name(),
                header.description(),
                header.provisioning().name(),
                header.operating().name(),
                header.enabled(),
                header.projectId(),
                header.projectId(),
                String.valueOf(IdBody.moment(header.createdAt())),
                IdBody.moment(header.updatedAt()),
                IdBody.text(one.vip().address()),
                one.vip().portId(),
                one.vip().subnetId(),
                one.vip().networkId(),
                one.additionalVips().stream().map(AdditionalVipBody::of).toList(),
                one.frontendNetworkId(),
                one.frontendSubnetId(),
                one.amphoraCount(),
                IdBody.of(view.listenerIds()),
                IdBody.of(view.poolIds()),
                one.provider(),
                one.distributorId(),
                null,
                null,
                header.tags());
    }
}
