// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;

/**
 * When an amphora was last heard of.
 *
 * @param lastUpdate {@link #GIVEN_UP} when an operator said that it is dead, and it wasn't heard of since
 * @param busy something is being done to it: nobody else may begin anything
 */
public record AmphoraHealth(String amphoraId, Instant lastUpdate, boolean busy) {
    /** Before anything was ever heard of: whatever comes is newer. */
    public static final Instant GIVEN_UP = Instant.EPOCH;

    /** Whether an operator said that it is dead. */
    public boolean givenUp() {
        return lastUpdate.equals(GIVEN_UP);
    }
}
