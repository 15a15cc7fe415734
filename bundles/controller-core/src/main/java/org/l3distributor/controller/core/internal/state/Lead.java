// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

/** Whether anybody leads traffic to a load balancer's amphorae. */
public enum Lead {
    /** The amphorae do so themselves, or a speaker of their distributor is in service. */
    THERE,

    /** All speakers in service were declared dead. Those that are kept until there is a successor may still announce. */
    DOUBTFUL,

    /** The distributor has no speaker in service. */
    NONE
}
