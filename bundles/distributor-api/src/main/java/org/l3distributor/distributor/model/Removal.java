// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * The wish to end registrations.
 *
 * @param owner who asked for them
 * @param vip the VIP
 * @param nextHop the next hop that was registered; another one removes nothing
 * @param peer one peer's registration; null = every registration of this owner, VIP and next hop
 */
public record Removal(
        Owner owner,
        IpAddress vip,
        IpAddress nextHop,
        @Nullable PeerId peer) {}
