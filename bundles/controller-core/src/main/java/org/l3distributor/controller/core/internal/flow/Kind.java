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
    AMPHORA_PUSH,
    /** Target: an amphora that serves nobody any more. Nothing is left of it. */
    AMPHORA_DELETE,
    /** Target: an amphora that is to announce for a distributor. From its row to service. */
    SPEAKER_CREATE,
    /** Target: the speaker that goes. Another announces in its place. */
    SPEAKER_REPLACE,
    /** Target: a speaker. Others announce what it did, and nothing is left of it. */
    SPEAKER_DELETE,
    /** Target: a distributor. Its driver has it. */
    DISTRIBUTOR_CREATE,
    /** Target: a distributor. Its driver looks at all its VIPs again. */
    DISTRIBUTOR_REPAIR,
    /** Target: a distributor. Its driver and the tables let it go. */
    DISTRIBUTOR_DELETE,
    /** Never over. Machines and ports that nobody knows are removed. */
    SWEEP,
    /** Never over. Amphorae get new server certificates before theirs end. */
    RENEWAL
}
