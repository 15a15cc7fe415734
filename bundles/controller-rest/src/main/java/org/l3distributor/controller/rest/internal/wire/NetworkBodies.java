// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;

/** Networks, subnets and ports as OpenStack's Networking API writes them, as far as they are known here. */
public final class NetworkBodies {
    private NetworkBodies() {}

    @Snake
    @Schema(name = "Network")
    public record NetworkBody(
            String id,
            String name,
            int mtu,
            boolean adminStateUp,
            String status,
            @JsonProperty("router:external") boolean external,
            List<String> subnets) {
        public static NetworkBody of(Network one, List<Subnet> all) {
            return new NetworkBody(
                    one.id(),
                    one.name(),
                    one.mtu(),
                    true,
                    "ACTIVE",
                    one.external(),
                    all.stream()
                            .filter(s -> s.networkId().equals(one.id()))
                            .map(Subnet::id)
                            .toList());
        }
    }

    @Snake
    @Schema(name = "Subnet")
    public record SubnetBody(
            String id,
            String name,
            String networkId,
            String cidr,
            int ipVersion,
            @Schema(nullable = true) @Nullable String gatewayIp,
            boolean enableDhcp,
            List<RouteBody> hostRoutes) {
        public static SubnetBody of(Subnet one) {
            return new SubnetBody(
                    one.id(),
                    one.name(),
                    one.networkId(),
                    one.cidr().toString(),
                    one.cidr().family().ipVersion(),
                    IdBody.text(one.gateway()),
                    false,
                    one.routes().stream()
                            .map(r -> new RouteBody(
                                    r.destination().toString(), r.nextHop().toString()))
                            .toList());
        }
    }

    @Schema(name = "HostRoute")
    public record RouteBody(String destination, String nexthop) {}

    @Snake
    @Schema(name = "Port")
    public record PortBody(
            String id,
            String name,
            String networkId,
            String macAddress,
            List<FixedIpBody> fixedIps,
            String deviceId,
            boolean adminStateUp) {
        public static PortBody of(Port one) {
            return new PortBody(
                    one.id(),
                    one.name(),
                    one.networkId(),
                    one.mac(),
                    one.addresses().stream()
                            .map(ip ->
                                    new FixedIpBody(ip.subnetId(), ip.address().toString()))
                            .toList(),
                    one.owner(),
                    true);
        }
    }

    @Snake
    @Schema(name = "FixedIp")
    public record FixedIpBody(String subnetId, String ipAddress) {}
}
