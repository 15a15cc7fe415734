// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;

/**
 * A distributor as the controller's tables have it.
 *
 * @param type whose driver's it is, for example {@code L3_BGP}
 * @param topology who announces
 * @param redundancy how many speakers announce each next hop to each peer where there are enough of them, 1..16
 * @param speakers the dedicated speakers; empty where members announce themselves
 */
public record DistributorRecord(String id, String type, Topology topology, int redundancy, List<SpeakerHost> speakers) {
    public DistributorRecord {
        Ids.check("distributor id", id);
        speakers = List.copyOf(speakers);
        if (redundancy < 1 || redundancy > 16) {
            throw new IllegalArgumentException("redundancy must be 1..16, got " + redundancy);
        }
    }

    public enum Topology {
        /** Every member announces what it serves. */
        COMBINED,
        /** Amphorae that hold no load balancer announce for those that do. */
        DEDICATED
    }
}
