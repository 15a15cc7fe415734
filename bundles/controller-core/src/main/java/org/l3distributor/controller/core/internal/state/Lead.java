// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import java.util.List;
import java.util.function.Predicate;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** Whether anybody leads traffic to a load balancer's amphorae. */
public enum Lead {
    /** The amphorae do so themselves, or a speaker of their distributor is in service. */
    THERE,

    /** All speakers in service were declared dead. Those that are kept until there is a successor may still announce. */
    DOUBTFUL,

    /** The distributor has no speaker in service. */
    NONE;

    /**
     * Of load balancers with a dedicated distributor.
     *
     * @param speakers the distributor's
     * @param dead those that were declared so
     */
    public static Lead of(List<Amphora> speakers, Predicate<Amphora> dead) {
        List<Amphora> inService = speakers.stream()
                .filter(speaker -> speaker.status() == ProvisioningStatus.ALLOCATED)
                .toList();
        if (inService.isEmpty()) {
            return NONE;
        }
        return inService.stream().allMatch(dead) ? DOUBTFUL : THERE;
    }
}
