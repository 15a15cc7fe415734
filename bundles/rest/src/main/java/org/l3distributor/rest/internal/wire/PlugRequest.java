// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the plug calls, for the OpenAPI document; {@code PlugReader} reads them. Fields that newer controllers
 * add are passed over, and null is the same as left out.
 */
public final class PlugRequest {
    private PlugRequest() {}

    @Snake
    @Schema(name = "PlugVip")
    public record Vip(
            @Schema(
                    description = "The VIP's subnet",
                    example = "203.0.113.0/24",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String subnetCidr,

            @Schema(
                    description = "Must be there, and may be null",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    nullable = true)
            @Nullable
            String gateway,

            @Schema(example = "fa:16:3e:aa:00:01", requiredMode = Schema.RequiredMode.REQUIRED)
            String macAddress,

            @Schema(
                    description = "The amphora's front-end address: the next hop of the VIP's routes",
                    example = "203.0.113.21",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String vrrpIp,

            @Schema(description = "In bytes, 68..65535", nullable = true) @Nullable
            Integer mtu,

            @Schema(nullable = true) @Nullable List<HostRoute> hostRoutes,
            @Schema(nullable = true) @Nullable List<AdditionalVip> additionalVips,

            @Schema(description = "Ours: the subnet of vrrp_ip, when it is another one than the VIP's", nullable = true)
            @Nullable
            String frontendSubnetCidr,

            @Schema(description = "Ours: the gateway of that subnet", nullable = true) @Nullable
            String frontendGateway) {}

    @Snake
    @Schema(name = "PlugAdditionalVip")
    public record AdditionalVip(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String ipAddress,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String subnetCidr,

            @Schema(nullable = true) @Nullable String gateway,
            @Schema(nullable = true) @Nullable List<HostRoute> hostRoutes,

            @Schema(
                    description = "Ours: the next hop of its routes; otherwise a global address of its family on the"
                            + " front-end interface",
                    nullable = true)
            @Nullable
            String frontendIp,

            @Schema(description = "Ours: the subnet of frontend_ip, when it is another one", nullable = true) @Nullable
            String frontendSubnetCidr) {}

    @Schema(name = "PlugHostRoute")
    public record HostRoute(String nexthop, String destination) {}

    @Snake
    @Schema(name = "PlugNetwork")
    public record Network(
            @Schema(example = "fa:16:3e:aa:00:02", requiredMode = Schema.RequiredMode.REQUIRED)
            String macAddress,

            @Schema(nullable = true) @Nullable List<FixedIp> fixedIps,

            @Schema(description = "In bytes, 68..65535", nullable = true) @Nullable
            Integer mtu) {}

    @Snake
    @Schema(name = "PlugFixedIp")
    public record FixedIp(
            @Schema(example = "10.77.0.21", requiredMode = Schema.RequiredMode.REQUIRED)
            String ipAddress,

            @Schema(example = "10.77.0.0/24", requiredMode = Schema.RequiredMode.REQUIRED)
            String subnetCidr,

            @Schema(nullable = true) @Nullable List<HostRoute> hostRoutes,
            @Schema(nullable = true) @Nullable String gateway) {}

    @Schema(name = "InterfaceRule")
    public record Rule(
            @Schema(allowableValues = {"TCP", "UDP", "SCTP", "VRRP"})
            String protocol,

            @Schema(nullable = true) @Nullable String cidr,

            @Schema(minimum = "1", maximum = "65535") int port) {}
}
