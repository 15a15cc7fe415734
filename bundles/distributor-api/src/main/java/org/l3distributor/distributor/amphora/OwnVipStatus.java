// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.List;
import org.l3distributor.distributor.model.PeerRoute;

/**
 * An own VIP and what each peer has of it, ordered by peer id.
 *
 * @param reason why it isn't announced, or "served"; the VIP's own reason, or a conflict with a registration
 */
public record OwnVipStatus(OwnVip vip, String reason, List<PeerRoute> peers) {
    public OwnVipStatus {
        peers = List.copyOf(peers);
    }
}
