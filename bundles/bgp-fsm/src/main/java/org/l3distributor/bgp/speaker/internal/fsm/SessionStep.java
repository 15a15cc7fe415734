// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.util.List;

/** A session after an event, and what is to be done. */
public record SessionStep(Session session, List<SessionEffect> effects) {
    public SessionStep {
        effects = List.copyOf(effects);
    }
}
