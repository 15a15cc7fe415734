// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.AmphoraRegistration;
import org.l3distributor.distributor.controller.Distributor;
import org.osgi.annotation.versioning.ProviderType;

/** Table distributor, and whom they lead traffic to; that is written by drivers, through {@code DistributorRecords}. */
@ProviderType
public interface DistributorRows extends Rows<Distributor> {
    /** The rows of amphora_registration of a load balancer, by amphora. */
    List<AmphoraRegistration> registrations(String loadBalancerId);

    /** The load balancers that have a VIP there, by id. */
    List<String> loadBalancers(String distributorId);

    /** The distributor that has a load balancer's VIP; empty while none does. */
    Optional<String> leader(String loadBalancerId);

    /** Whether a driver keeps a route, wanted or leaving, that this amphora announces: then its row can't be deleted. */
    boolean speaks(String amphoraId);
}
