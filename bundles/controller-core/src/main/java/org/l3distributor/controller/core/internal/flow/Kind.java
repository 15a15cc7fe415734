// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

/** What a task is for; its name is in the tasks' table. */
public enum Kind {
    /** Target: a load balancer. From its row to amphorae that serve it. */
    LB_CREATE,
    /** Target: a load balancer. To every amphora what its users changed. */
    LB_CONFIG,
    /** Target: a load balancer. As many amphorae as it should have. */
    LB_SCALE,
    /** Target: a load balancer. Other amphorae in the place of all that it has. */
    LB_FAILOVER,
    /** Target: a load balancer. Nothing is left of it. */
    LB_DELETE,
    /** Target: the amphora that goes. Another takes its place. */
    AMPHORA_REPLACE,
    /** Target: an amphora. It gets its agent's file again, with the BGP peer profile. */
    AMPHORA_PUSH
}
