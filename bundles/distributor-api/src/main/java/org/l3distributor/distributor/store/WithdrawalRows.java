// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.time.Instant;
import org.l3distributor.distributor.controller.Withdrawal;
import org.osgi.annotation.versioning.ProviderType;

/** Table l3d_withdrawal: who was taken out of which load balancer lately, by any controller. */
@ProviderType
public interface WithdrawalRows {
    void insert(Withdrawal withdrawal);

    /** How many of a load balancer since a time. Lock the load balancer first where the number decides. */
    int since(String loadBalancerId, Instant since);

    /** Removes older ones; answers how many. */
    int forget(Instant before);
}
