// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolView;
import org.l3distributor.distributor.controller.SessionPersistence;

@Snake
@Schema(name = "Pool")
public record PoolBody(
        String id,
        String name,
        String description,
        String provisioningStatus,
        String operatingStatus,
        boolean adminStateUp,

        @Schema(allowableValues = {"TCP", "HTTP", "HTTPS", "PROXY", "PROXYV2"})
        String protocol,

        @Schema(allowableValues = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
        String lbAlgorithm,

        @Schema(nullable = true) @Nullable PersistenceBody sessionPersistence,
        String projectId,
        String tenantId,
        List<IdBody> loadbalancers,
        @Schema(description = "Whose default pool it is") List<IdBody> listeners,
        String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,
        @Schema(nullable = true) @Nullable String healthmonitorId,
        List<IdBody> members,
        List<String> tags,
        @Schema(nullable = true) @Nullable String tlsContainerRef,
        @Schema(nullable = true) @Nullable String caTlsContainerRef,
        @Schema(nullable = true) @Nullable String crlContainerRef,
        boolean tlsEnabled,
        @Schema(nullable = true) @Nullable String tlsCiphers,
        @Schema(nullable = true) @Nullable List<String> tlsVersions,
        @Schema(nullable = true) @Nullable List<String> alpnProtocols) {
    /** How a client comes to the same member again. */
    @Snake
    @Schema(name = "SessionPersistence")
    public record PersistenceBody(
            @Schema(allowableValues = {"SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE"})
            String type,

            @Schema(nullable = true) @Nullable String cookieName,
            @Schema(nullable = true) @Nullable Integer persistenceTimeout,
            @Schema(nullable = true) @Nullable String persistenceGranularity) {
        static @Nullable PersistenceBody of(@Nullable SessionPersistence one) {
            return one == null ? null : new PersistenceBody(one.type().name(), one.cookieName(), null, null);
        }
    }

    public static PoolBody of(PoolView view) {
        Pool one = view.pool();
        Header header = one.header();
        return new PoolBody(
                header.id(),
                header.name(),
                header.description(),
                header.provisioning().name(),
                header.operating().name(),
                header.enabled(),
                one.protocol().name(),
                one.algorithm().name(),
                PersistenceBody.of(one.persistence()),
                header.projectId(),
                header.projectId(),
                IdBody.of(List.of(one.loadBalancerId())),
                IdBody.of(view.listenerIds()),
                String.valueOf(IdBody.moment(header.createdAt())),
                IdBody.moment(header.updatedAt()),
                view.healthMonitorId(),
                IdBody.of(view.memberIds()),
                header.tags(),
                null,
                null,
                null,
                false,
                null,
                null,
                null);
    }
}
