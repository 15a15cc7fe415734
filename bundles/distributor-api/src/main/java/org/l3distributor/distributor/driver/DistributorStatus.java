// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A distributor at this moment.
 *
 * @param speakers its dedicated speakers, by amphora id
 * @param vips by load balancer id
 * @param problems what an operator should know, one sentence each
 */
public record DistributorStatus(
        String distributorId, List<Speaker> speakers, List<VipStatus> vips, List<String> problems) {
    public DistributorStatus {
        speakers = List.copyOf(speakers);
        vips = List.copyOf(vips);
        problems = List.copyOf(problems);
    }

    /**
     * One dedicated speaker.
     *
     * @param registrations how many routes it holds for us
     * @param fault why it can't be asked; null when it answers
     */
    public record Speaker(
            String amphoraId,
            boolean alive,
            int registrations,
            @Nullable String fault) {}
}
