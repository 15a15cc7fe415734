// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/**
 * The wish that a VIP be announced with a next hop. It stands until it is removed, whatever the sessions do.
 *
 * @param owner who asked
 * @param vip the anycast VIP, announced as its /32 or /128
 * @param nextHop the front-end IP that takes the VIP's traffic
 * @param peer the one peer it is announced to; null = all peers, also those added later
 */
public record Registration(
        Owner owner,
        IpAddress vip,
        IpAddress nextHop,
        @Nullable PeerId peer) {
    public IpPrefix prefix() {
        return IpPrefix.host(vip);
    }
}
