// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/**
 * A distributor.
 *
 * @param type whose driver's it is, for example {@code L3_BGP}; 1..36 characters
 * @param name at most 255 characters
 * @param dedicated whether amphorae of its own announce, and not those that serve
 * @param redundancy how many speakers announce each next hop to each peer, 1..16
 */
public record Distributor(
        String id,
        String type,
        @Nullable ProvisioningStatus status,
        String name,
        boolean dedicated,
        int redundancy,
        long version) {
    public Distributor {
        Texts.id("distributor id", id);
    }

    public Distributor with(ProvisioningStatus next) {
        return new Distributor(id, type, next, name, dedicated, redundancy, version);
    }

    public Distributor withVersion(long next) {
        return new Distributor(id, type, status, name, dedicated, redundancy, next);
    }
}
