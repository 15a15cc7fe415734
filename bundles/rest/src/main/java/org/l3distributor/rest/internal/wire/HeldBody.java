// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.HeldConnections;

@Snake
@Schema(name = "HeldConnections", description = "What clients still have of a load balancer on this host")
public record HeldBody(
        @Schema(example = "7c1d3a52-0b6e-4f0f-8b3e-2a53b7a8c001")
        String loadbalancerId,

        @Schema(
                description = "Open at the HAProxy worker that accepts new ones; null while that doesn't answer",
                example = "3",
                nullable = true)
        @Nullable
        Integer connections,

        @Schema(
                description = "How many HAProxy workers of before a reload live, each until the last of its connections"
                        + " has ended; null while HAProxy doesn't answer",
                example = "1",
                nullable = true)
        @Nullable
        Integer oldWorkers) {
    public static HeldBody of(HeldConnections held) {
        return new HeldBody(held.loadBalancer(), held.connections(), held.oldWorkers());
    }
}
