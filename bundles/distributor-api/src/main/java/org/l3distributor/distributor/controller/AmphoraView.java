// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An amphora as operators see it.
 *
 * @param lastHeard when its last heartbeat came; null before the first
 * @param busy something is being done to it: it can neither be replaced nor deleted now
 * @param speakerIds the speakers of the BGP peer profile that it runs
 */
public record AmphoraView(Amphora amphora, @Nullable Instant lastHeard, boolean busy, List<String> speakerIds) {
    public AmphoraView {
        speakerIds = List.copyOf(speakerIds);
    }

    public String id() {
        return amphora.id();
    }
}
