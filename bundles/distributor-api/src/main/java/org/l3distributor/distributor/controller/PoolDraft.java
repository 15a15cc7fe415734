// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool as a user wishes it. At least one of load balancer and listener is said.
 *
 * @param listenerId whose default pool it becomes
 */
public record PoolDraft(
        HeaderDraft header,
        @Nullable String loadBalancerId,
        @Nullable String listenerId,
        PoolProtocol protocol,
        Algorithm algorithm,
        @Nullable SessionPersistence persistence) {
    public Pool made(String id, String projectId, String itsLoadBalancer, Instant now) {
        return new Pool(
                Header.created(id, projectId, header, OperatingStatus.OFFLINE, now),
                itsLoadBalancer,
                protocol,
                algorithm,
                persistence);
    }
}
