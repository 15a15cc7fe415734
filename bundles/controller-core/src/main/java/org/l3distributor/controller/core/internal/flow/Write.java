// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A change of the tables; all of a step are made in one transaction, or none. */
public sealed interface Write {
    record Insert(Amphora amphora) implements Write {}

    /** A speaker's row; it runs the speakers of the BGP peer profile that another one runs. */
    record InsertLike(Amphora amphora, String other) implements Write {}

    /** Nothing of the step is done when somebody else changed the row meanwhile. */
    record Update(Amphora expected, Amphora next) implements Write {}

    /** The amphora's row, and what is known of its health. */
    record Remove(String amphoraId) implements Write {}

    /** From now on the amphora's heartbeats are awaited, and it is told what could not be told it before. */
    record Watch(String amphoraId) implements Write {}

    /** The amphora gets its agent's file again, unless that is on its way. */
    record Push(Amphora amphora) implements Write {}

    /** The amphora doesn't do what it should: another one takes its place, unless that is on its way. */
    record Replace(Amphora amphora) implements Write {}

    /** Nothing of the step is done when somebody else changed the row meanwhile. */
    record UpdateDistributor(Distributor expected, Distributor next) implements Write {}

    /** Nothing is left of a distributor. */
    record RemoveDistributor(String distributorId) implements Write {}

    /**
     * A change of a load balancer has ended: what was to be deleted is, and all else that was pending is active, or in
     * error.
     *
     * @param children what becomes of listeners, pools, members and monitors that were pending
     */
    record Settle(
            LoadBalancerTree tree,
            ProvisioningStatus loadBalancer,
            OperatingStatus operating,
            ProvisioningStatus children)
            implements Write {}

    /** How many amphorae serve a load balancer has changed, and nothing else of it. */
    record Observe(LoadBalancer loadBalancer, OperatingStatus operating) implements Write {}

    /** Nothing is left of a load balancer. */
    record Erase(LoadBalancerTree tree) implements Write {}
}
