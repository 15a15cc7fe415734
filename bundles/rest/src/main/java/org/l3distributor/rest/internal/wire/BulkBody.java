// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;

@Schema(name = "Registrations", description = "What a bulk registration did")
public record BulkBody(List<RegistrationBody> registrations) {
    @Schema(name = "BulkRequest", description = "Rows that are done in one transaction, or none of them")
    public record Request(List<RegistrationRequest.Item> registrations) {}

    @Schema(name = "Removals", description = "What a bulk removal did")
    public record Removed(
            @Schema(description = "What was removed, with the state of its withdrawal at each peer")
            List<RegistrationBody> removed,

            @Schema(description = "Rows that weren't there in the first place")
            List<RegistrationRequest.Item> absent) {
        public static Removed of(RemovalResult result) {
            return new Removed(
                    result.removed().stream().map(RegistrationBody::of).toList(),
                    result.absent().stream().map(Removed::item).toList());
        }

        private static RegistrationRequest.Item item(Removal removal) {
            return new RegistrationRequest.Item(
                    RegistrationBody.amphora(removal.owner()),
                    removal.vip().toString(),
                    removal.nextHop().toString(),
                    removal.peer() == null ? null : removal.peer().value());
        }
    }
}
