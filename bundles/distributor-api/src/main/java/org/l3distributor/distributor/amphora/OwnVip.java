// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A VIP that is plugged here.
 *
 * @param nextHop this host's own front-end address for it; null when there is none of the VIP's family
 * @param served whether this host serves it at this moment; never true without a next hop
 * @param reason why it does or doesn't, for an operator: {@code HAProxy is not accepting on 203.0.113.10:80}
 */
public record OwnVip(IpAddress vip, @Nullable IpAddress nextHop, boolean served, String reason) {
    public OwnVip {
        if (served && nextHop == null) {
            throw new IllegalArgumentException(vip + " can't be served without a next hop");
        }
    }
}
