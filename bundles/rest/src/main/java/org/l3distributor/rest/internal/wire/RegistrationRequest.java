// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of a request, as read and not yet checked. */
@Snake
@Schema(name = "RegistrationRequest", description = "A VIP that is to be announced with a next hop")
public record RegistrationRequest(
        @Schema(
                description = "The anycast VIP: a unicast address without prefix length",
                example = "203.0.113.10",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String vipIp,

        @Schema(
                description = "The front-end IP that takes the VIP's traffic; of the VIP's family",
                example = "10.20.0.11",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String nexthopIp,

        @Schema(description = "One configured peer; left out = all peers, also those added later", example = "tor1")
        @Nullable
        String peerId) {
    @Snake
    @Schema(name = "VipRequest", description = "A next hop for a VIP without an amphora")
    public record Endpoint(
            @Schema(
                    description = "The address that takes the VIP's traffic; of the VIP's family",
                    example = "10.20.0.11",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String nexthopIp,

            @Schema(description = "One configured peer; left out = all peers, also those added later") @Nullable
            String peerId) {}

    @Snake
    @JsonInclude(JsonInclude.Include.NON_NULL) // as it was given, in a list of what wasn't there
    @Schema(name = "BulkItem", description = "One row of a bulk request")
    public record Item(
            @Schema(description = "The amphora; left out for a non-amphora endpoint", maxLength = 36) @Nullable
            String amphoraId,

            @Schema(example = "203.0.113.10", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String vipIp,

            @Schema(example = "10.20.0.11", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String nexthopIp,

            @Schema(description = "One configured peer; left out = all peers") @Nullable
            String peerId) {}
}
