// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.List;

/**
 * A registration and what each of its target peers has of it, ordered by peer id.
 */
public record RegistrationStatus(Registration registration, List<PeerRoute> peers) {
    public RegistrationStatus {
        peers = List.copyOf(peers);
    }

    /** True when no target peer is still waiting for bytes to be written to an established session. */
    public boolean settled() {
        return peers.stream().noneMatch(p -> p.state() == RouteState.PENDING && STILL_WRITING.equals(p.reason()));
    }

    /** The reason of a PENDING route whose session is up: its bytes have not been taken by the socket yet. */
    public static final String STILL_WRITING = "not written yet";
}
