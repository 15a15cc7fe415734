// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.IpAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Networks as the controller needs them. Each call may be repeated: what was made by an earlier one is found by its name
 * and given again. No stage completes exceptionally for a reason outside of the program; what can't be had now is refused
 * as {@code NOT_READY}.
 *
 * <p>A driver for OpenStack's Networking service fits: {@code networks} is {@code GET /v2.0/networks?id=&name=} and so
 * on; {@code createPort} looks for {@code GET /v2.0/ports?name=} before it posts, as a lost answer leaves a port behind;
 * {@code allocateVip} posts the port with {@code admin_state_up=false}, since nobody may answer ARP for an anycast VIP.
 */
@ConsumerType
public interface NetworkDriver {
    /** The service property that names a driver's kind, such as {@code local}. */
    String TYPE = "network.type";

    /** By name, then id. */
    CompletionStage<Outcome<List<Network>>> networks(NetworkQuery query);

    /** By name, then id. */
    CompletionStage<Outcome<List<Subnet>>> subnets(NetworkQuery query);

    /** By name. */
    CompletionStage<Outcome<List<Port>>> ports(NetworkQuery query);

    CompletionStage<Outcome<Optional<Network>>> network(String id);

    CompletionStage<Outcome<Optional<Subnet>>> subnet(String id);

    CompletionStage<Outcome<Optional<Port>>> port(String id);

    /**
     * Reserves an anycast VIP: an address that no other port of the network will get.
     *
     * @param portName unique; a port of this name that belongs to {@code owner} is given as it is
     * @param subnetId null: the one that holds {@code wanted}, else the network's first, IPv4 before IPv6
     * @param wanted null: any that is free
     * @return refused INVALID when network, subnet and address don't fit together or don't exist, CONFLICT when the address
     *     is taken, when none is free, or when the name belongs to another owner
     */
    CompletionStage<Outcome<Port>> allocateVip(
            String portName, String networkId, @Nullable String subnetId, @Nullable IpAddress wanted, String owner);

    /**
     * Makes a port with any free address of each of these subnets, in their order; all of them, or no port.
     *
     * @param portName unique; a port of this name that belongs to {@code owner} is given as it is
     * @param subnetIds different ones of the network, at least one
     * @return refused as {@link #allocateVip} is
     */
    CompletionStage<Outcome<Port>> createPort(String portName, String networkId, List<String> subnetIds, String owner);

    /** Done with true when it was there, false when it wasn't (any more). */
    CompletionStage<Outcome<Boolean>> deletePort(String portId);
}
