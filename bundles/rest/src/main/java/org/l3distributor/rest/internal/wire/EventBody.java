// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.EventView;

@Snake
@Schema(name = "Event", description = "One line of the event history")
public record EventBody(
        @Nullable String at,

        @Schema(description = "The peer it concerns", nullable = true) @Nullable
        String peerId,

        @Schema(example = "state") String kind,
        String text) {
    public static EventBody of(EventView event) {
        return new EventBody(Moments.text(event.at()), event.peer(), event.kind(), event.text());
    }
}
