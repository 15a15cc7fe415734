// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;

/**
 * What a user changes of a load balancer.
 *
 * @param amphoraCount {@link LoadBalancer#amphoraCount()}; null in it keeps what there is
 */
public record LoadBalancerChange(HeaderChange header, Change<Integer> amphoraCount) {
    public LoadBalancer of(LoadBalancer old, Instant now) {
        return old.with(old.header().changed(header, now)).withAmphorae(amphoraCount.or(old.amphoraCount()));
    }

    /** Whether amphorae come or go; else what changes is what they are told. */
    public boolean scales() {
        return amphoraCount.value() != null;
    }
}
