// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Member;

@Snake
@Schema(name = "Member")
public record MemberBody(
        String id,
        String name,
        String operatingStatus,
        String provisioningStatus,
        boolean adminStateUp,
        String address,
        int protocolPort,

        @Schema(description = "0..256; 0 gets no new connections")
        int weight,

        @Schema(description = "Gets connections only when all others are down")
        boolean backup,

        @Schema(nullable = true) @Nullable String subnetId,
        String projectId,
        String tenantId,
        String createdAt,
        @Schema(nullable = true) @Nullable String updatedAt,
        @Schema(nullable = true) @Nullable String monitorAddress,
        @Schema(nullable = true) @Nullable Integer monitorPort,
        List<String> tags) {
    public static MemberBody of(Member one) {
        Header header = one.header();
        return new MemberBody(
                header.id(),
                header.name(),
                header.operating().name(),
                header.provisioning().name(),
                header.enabled(),
                one.address().toString(),
                one.protocolPort(),
                one.weight(),
                one.backup(),
                one.subnetId(),
                header.projectId(),
                header.projectId(),
                String.valueOf(IdBody.moment(header.createdAt())),
                IdBody.moment(header.updatedAt()),
                IdBody.text(one.monitorAddress()),
                one.monitorPort(),
                header.tags());
    }
}
