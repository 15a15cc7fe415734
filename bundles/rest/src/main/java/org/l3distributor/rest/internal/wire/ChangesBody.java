// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.l3distributor.distributor.service.ProfileService.FieldImpact;

@Schema(name = "Changes", description = "What a profile changes, field by field; empty = nothing")
public record ChangesBody(List<Change> changes) {
    @Schema(name = "Change", description = "One changed field")
    public record Change(
            @Schema(example = "l3_bgp_peer:tor1") String section,

            @Schema(description = "Empty when the whole section appears or goes")
            String key,

            String from,
            String to,

            @Schema(
                    description =
                            "none: nothing on the wire; soft: without a reset; reset: this peer's session, no other",
                    allowableValues = {"none", "soft", "reset"})
            String effect) {}

    public static ChangesBody of(List<FieldImpact> impacts) {
        return new ChangesBody(impacts.stream()
                .map(i -> new Change(
                        i.section(),
                        i.key(),
                        i.from(),
                        i.to(),
                        i.effect().name().toLowerCase(Locale.ROOT)))
                .toList());
    }
}
