// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/** A group of members. */
public record Pool(
        Header header,
        String loadBalancerId,
        PoolProtocol protocol,
        Algorithm algorithm,
        @Nullable SessionPersistence persistence) {
    public String id() {
        return header.id();
    }

    public Pool with(Header next) {
        return new Pool(next, loadBalancerId, protocol, algorithm, persistence);
    }
}
