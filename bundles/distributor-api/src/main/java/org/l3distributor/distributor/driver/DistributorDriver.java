// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What distributes the traffic of VIPs over their amphorae: the operations of Octavia's own abstract distributor driver,
 * and their status.
 *
 * <p>A driver first makes durable what is wanted ({@link DistributorRecords}), then brings it about. So every operation
 * is idempotent and may be repeated by whoever finds it unanswered, on another controller too; what couldn't be brought
 * about yet is {@link DriverResult.Unfinished}, and the driver goes on with it by itself. Operations on one VIP take
 * effect in the order in which they were called. A driver that is closed ends what is open as
 * {@link DriverResult.Failed}.
 */
@ConsumerType
public interface DistributorDriver {
    /** The service property that holds the distributor type which the driver is for, for example {@code L3_BGP}. */
    String TYPE = "distributor.type";

    /** Prepares a distributor whose record stands. Refused as NOT_FOUND without a record of the driver's type. */
    Operation<DistributorStatus> createDistributor(String distributorId);

    /** Leaves nothing of a distributor behind. Refused as CONFLICT while it has VIPs; one that is unknown is gone. */
    Operation<DistributorStatus> deleteDistributor(String distributorId);

    /**
     * Takes a load balancer's VIPs on, as yet without members. Again with the same addresses changes nothing; with
     * others it is refused as CONFLICT.
     *
     * @param vips the VIP and the additional VIPs, at least one
     */
    Operation<VipStatus> addVip(VipKey key, List<IpAddress> vips);

    /** Takes all members out, then forgets the VIPs; those that are unknown are gone. Unfinished ones are not forgotten: repeat it. */
    Operation<VipStatus> removeVip(VipKey key);

    /**
     * Adds members, or changes those that are there by the same amphora id; the others stay. An empty list only looks
     * again at what may have changed around them, for example a speaker that was lost. Done when traffic reaches all
     * members of the VIP.
     */
    Operation<VipStatus> registerAmphorae(VipKey key, List<Member> members);

    /**
     * Takes members out at once; those that are not there are out. Done when nothing leads new traffic to them any more:
     * only then may their VIP be unplumbed.
     */
    Operation<VipStatus> unregisterAmphorae(VipKey key, List<String> amphoraIds);

    /**
     * Takes members out when their connections have ended, or at the deadline; cancelling keeps them. Refused as
     * UNSUPPORTED by drivers that can't tell new connections from old ones.
     */
    Operation<VipStatus> drainAmphorae(VipKey key, List<String> amphoraIds, Duration deadline);

    /** How the distributor and its VIPs are at this moment, as far as the driver knows or can ask. */
    CompletionStage<DriverResult<DistributorStatus>> status(String distributorId);
}
