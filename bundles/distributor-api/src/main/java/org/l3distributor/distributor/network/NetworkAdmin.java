// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes networks and subnets where the controller keeps them itself. Where they are OpenStack's there is no such service:
 * they are made there.
 */
@ProviderType
public interface NetworkAdmin {
    /** Refused CONFLICT when there is another one of that id; done when there is the very same. */
    CompletionStage<Outcome<Network>> create(Network network);

    /** Refused INVALID without its network, CONFLICT when it overlaps another of the network or its id is taken. */
    CompletionStage<Outcome<Subnet>> create(Subnet subnet);

    /** Refused CONFLICT while it has subnets or ports, NOT_FOUND when it isn't there. */
    CompletionStage<Outcome<Network>> deleteNetwork(String id);

    /** Refused CONFLICT while a port has an address of it, NOT_FOUND when it isn't there. */
    CompletionStage<Outcome<Subnet>> deleteSubnet(String id);
}
