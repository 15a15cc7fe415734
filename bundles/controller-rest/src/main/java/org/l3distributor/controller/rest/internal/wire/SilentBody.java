// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.SilentAmphorae;

/** Amphorae that weren't heard of for too long. */
@Snake
@Schema(name = "Silent")
public record SilentBody(
        @Schema(description = "How many amphorae heartbeats are awaited of")
        long watched,

        @Schema(description = "So many of them may fall silent together; where more do, they are held")
        long most,

        @Schema(description = "How many are held") long held,

        @Schema(description = "The longest silent first") List<One> amphorae) {
    @Snake
    @Schema(name = "SilentAmphora")
    public record One(
            String id,

            @Schema(nullable = true, description = "When its last heartbeat came; null when it was said to be dead")
            @Nullable
            String lastUpdate,

            @Schema(
                    allowableValues = {"HELD", "DEAD", "REPLACED"},
                    description =
                            "HELD: nobody declares it dead; DEAD: it is declared dead as soon as its load balancer may"
                                    + " lose another one; REPLACED: another takes its place")
            String state) {}

    public static SilentBody of(SilentAmphorae silent) {
        return new SilentBody(
                silent.all(),
                silent.most(),
                silent.held(),
                silent.amphorae().stream()
                        .map(one -> new One(
                                one.amphoraId(),
                                IdBody.moment(one.lastHeard()),
                                one.state().name()))
                        .toList());
    }
}
