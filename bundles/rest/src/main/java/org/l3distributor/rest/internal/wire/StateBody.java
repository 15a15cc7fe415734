// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.l3distributor.distributor.model.Readiness;

/** Liveness and readiness. */
public final class StateBody {
    private StateBody() {}

    @Schema(name = "Health", description = "The process answers; it says nothing about sessions")
    public record Health(boolean alive) {}

    @Schema(name = "Readiness", description = "Ready = a session is Established and the store is open")
    public record Ready(boolean ready, List<Condition> conditions) {
        public static Ready of(Readiness readiness) {
            return new Ready(
                    readiness.ready(),
                    readiness.conditions().stream()
                            .map(c -> new Condition(c.name(), c.holds(), c.reason()))
                            .toList());
        }
    }

    @Schema(name = "Condition")
    public record Condition(
            @Schema(example = "session tor1") String name, boolean holds, String reason) {}
}
