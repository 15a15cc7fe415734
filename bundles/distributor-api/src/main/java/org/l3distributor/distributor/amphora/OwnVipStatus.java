// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.List;
import org.l3distributor.distributor.model.PeerRoute;

/** An own VIP and what each peer has of it, ordered by peer id; no peers for a VIP without a next hop. */
public record OwnVipStatus(OwnVip vip, List<PeerRoute> peers) {
    public OwnVipStatus {
        peers = List.copyOf(peers);
    }
}
