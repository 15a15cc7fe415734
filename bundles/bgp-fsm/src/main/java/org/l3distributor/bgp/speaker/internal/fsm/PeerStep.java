// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.util.List;

/** A peer after an input, and what is to be done. */
public record PeerStep(Peer peer, List<PeerOutput> outputs) {
    public PeerStep {
        outputs = List.copyOf(outputs);
    }
}
