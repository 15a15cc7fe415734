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
 * @param backEnds how many back ends of it are up; null while nobody counts them ({@link OwnRoutes#weighing}), and as
 *     long as HAProxy hasn't said
 */
public record OwnVip(
        IpAddress vip,
        @Nullable IpAddress nextHop,
        boolean served,
        String reason,
        @Nullable Integer backEnds) {
    public OwnVip {
        if (backEnds != null && backEnds < 0) {
            throw new IllegalArgumentException(vip + " can't have " + backEnds + " back ends");
        }
        if (served && nextHop == null) {
            throw new IllegalArgumentException(vip + " can't be served without a next hop");
        }
    }

    /** One whose back ends nobody counts. */
    public OwnVip(IpAddress vip, @Nullable IpAddress nextHop, boolean served, String reason) {
        this(vip, nextHop, served, reason, null);
    }

    /** The same, but for the number of back ends. */
    public OwnVip uncounted() {
        return backEnds == null ? this : new OwnVip(vip, nextHop, served, reason);
    }
}
