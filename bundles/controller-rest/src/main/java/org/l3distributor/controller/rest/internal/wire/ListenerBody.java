// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.net.IpPrefix;

@Snake
@Schema(name = "Listener")
public record ListenerBody(
        String id,
        String name,
        String description,
        String provisioningStatus,
        String operatingStatus,
        boolean adminStateUp,

        @Schema(allowableValues = {"TCP", "HTTP", "HTTPS"}) String protocol,

        int protocolPort,
        @Schema(description = "-1: none") int connectionLimit,
        @Schema(nullable = true) @Nullable String defaultTlsContainerRef,
        List<String> sniContainerRefs,
        String projectId,
        String tenantId,
        @Schema(nullable = true) @Nullable String defaultPoolId,
        List<IdBody> l7policies,
        @Schema(nullable = true) @Nullable Map<String, String> insertHeaders,
        String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,
        List<IdBody> loadbalancers,
        @Schema(description = "ms") int timeoutClientData,
        @Schema(description = "ms") int timeoutMemberConnect,
        @Schema(description = "ms") int timeoutMemberData,
        @Schema(description = "ms") int timeoutTcpInspect,
        List<String> tags,
        @Schema(nullable = true) @Nullable String clientCaTlsContainerRef,
        String clientAuthentication,
        @Schema(nullable = true) @Nullable String clientCrlContainerRef,

        @Schema(nullable = true, description = "null: all clients") @Nullable
        List<String> allowedCidrs,

        @Schema(nullable = true) @Nullable String tlsCiphers,
        @Schema(nullable = true) @Nullable List<String> tlsVersions,
        @Schema(nullable = true) @Nullable List<String> alpnProtocols) {
    public static ListenerBody of(Listener one) {
        Header header = one.header();
        return new ListenerBody(
                header.id(),
                header.name(),
                header.description(),
                header.provisioning().name(),
                header.operating().name(),
                header.enabled(),
                one.protocol().name(),
                one.protocolPort(),
                one.connectionLimit(),
                null,
                List.of(),
                header.projectId(),
                header.projectId(),
                one.defaultPoolId(),
                List.of(),
                new TreeMap<>(one.insertHeaders()),
                String.valueOf(IdBody.moment(header.createdAt())),
                IdBody.moment(header.updatedAt()),
                IdBody.of(List.of(one.loadBalancerId())),
                one.timeoutClientData(),
                one.timeoutMemberConnect(),
                one.timeoutMemberData(),
                one.timeoutTcpInspect(),
                header.tags(),
                null,
                "NONE",
                null,
                one.allowedCidrs().isEmpty()
                        ? null
                        : one.allowedCidrs().stream().map(IpPrefix::toString).toList(),
                null,
                null,
                null);
    }
}
