// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A server of a pool. It has no description.
 *
 * @param weight 0..256; 0 gets no new connections
 * @param backup gets connections only when all others are down
 * @param subnetId where the amphorae find it; null: by their routes
 * @param monitorAddress null: its own
 * @param monitorPort null: its own
 */
public record Member(
        Header header,
        String poolId,
        IpAddress address,
        int protocolPort,
        int weight,
        boolean backup,
        @Nullable String subnetId,
        @Nullable IpAddress monitorAddress,
        @Nullable Integer monitorPort) {
    public String id() {
        return header.id();
    }

    public Member with(Header next) {
        return new Member(next, poolId, address, protocolPort, weight, backup, subnetId, monitorAddress, monitorPort);
    }
}
