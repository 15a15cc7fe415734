// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;

@Snake
@Schema(name = "HealthMonitor")
public record HealthMonitorBody(
        String id,
        String name,

        @Schema(allowableValues = {"HTTP", "HTTPS", "PING", "TCP", "TLS-HELLO"})
        String type,

        @Schema(description = "Seconds") int delay,
        @Schema(description = "Seconds") int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Schema(nullable = true) @Nullable String httpMethod,
        @Schema(nullable = true) @Nullable String urlPath,
        @Schema(nullable = true) @Nullable String expectedCodes,
        boolean adminStateUp,
        String projectId,
        String tenantId,
        List<IdBody> pools,
        String provisioningStatus,
        String operatingStatus,
        String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,
        List<String> tags,
        @Schema(nullable = true) @Nullable BigDecimal httpVersion,
        @Schema(nullable = true) @Nullable String domainName) {
    public static HealthMonitorBody of(HealthMonitor one) {
        Header header = one.header();
        HttpCheck http = one.http();
        String version = http == null ? null : http.version();
        return new HealthMonitorBody(
                header.id(),
                header.name(),
                one.type().word(),
                one.delay(),
                one.timeout(),
                one.maxRetries(),
                one.maxRetriesDown(),
                http == null ? null : http.method(),
                http == null ? null : http.urlPath(),
                http == null ? null : http.expectedCodes(),
                header.enabled(),
                header.projectId(),
                header.projectId(),
                IdBody.of(List.of(one.poolId())),
                header.provisioning().name(),
                header.operating().name(),
                String.valueOf(IdBody.moment(header.createdAt())),
                IdBody.moment(header.updatedAt()),
                header.tags(),
                version == null ? null : new BigDecimal(version),
                http == null ? null : http.domainName());
    }
}
