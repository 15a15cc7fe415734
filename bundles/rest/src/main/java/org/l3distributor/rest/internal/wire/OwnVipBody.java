// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;

@Snake
@Schema(name = "OwnVip", description = "A VIP that is plugged on this host, and what each peer has of it")
public record OwnVipBody(
        @Schema(example = "203.0.113.10") String vipIp,

        @Schema(
                description = "This host's front-end address for it; null when there is none of its IP version",
                example = "10.20.0.11",
                nullable = true)
        @Nullable
        String nexthopIp,

        @Schema(description = "Whether this host serves it at this moment")
        boolean served,

        @Schema(
                description = "Why it isn't announced, or that it is served",
                example = "HAProxy is not accepting on 203.0.113.10:80")
        String reason,

        @Schema(
                description = "How many back ends are up; null where no peer weighs next hops by it, or it isn't known",
                example = "3",
                nullable = true)
        @Nullable
        Integer backEndsUp,

        List<RegistrationBody.Peer> peers) {
    public static OwnVipBody of(OwnVipStatus status) {
        OwnVip own = status.vip();
        return new OwnVipBody(
                own.vip().toString(),
                own.nextHop() == null ? null : own.nextHop().toString(),
                own.served(),
                own.reason(),
                own.backEnds(),
                status.peers().stream().map(RegistrationBody.Peer::of).toList());
    }
}
