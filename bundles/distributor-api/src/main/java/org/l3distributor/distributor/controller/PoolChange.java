// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;

/** What a user changes of a pool. */
public record PoolChange(HeaderChange header, Change<Algorithm> algorithm, Change<SessionPersistence> persistence) {
    public Pool of(Pool old, Instant now) {
        return new Pool(
                old.header().changed(header, now),
                old.loadBalancerId(),
                old.protocol(),
                algorithm.or(old.algorithm()),
                persistence.orNull(old.persistence()));
    }
}
