// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.net.IpAddress;

/** What became of an effect. */
public sealed interface Result {
    Effect effect();

    record Done(Effect effect) implements Result {}

    /**
     * An instance is there, or is being made.
     *
     * @param certificateExpires when the certificate that it was given ends; null when that isn't known
     */
    record Built(
            Effect effect,
            String computeId,
            @Nullable IpAddress managementIp,
            String failureDomain,
            Amphora.Frontend frontend,
            @Nullable Instant certificateExpires)
            implements Result {}

    /** It isn't so yet, and nothing is wrong. */
    record NotYet(Effect effect) implements Result {}

    /** Not now; the same may work later. */
    record Later(Effect effect, String reason) implements Result {}

    /** The same won't work. */
    record Never(Effect effect, String reason) implements Result {}
}
