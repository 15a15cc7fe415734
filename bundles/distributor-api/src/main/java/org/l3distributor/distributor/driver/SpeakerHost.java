// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/**
 * An amphora that runs a BGP speaker and no load balancer.
 *
 * @param api where its API listens on the management network
 * @param failureDomain what fails as a whole with it; "" when unknown
 * @param alive false once it was declared dead: nothing is placed on it, and nothing is asked of it
 * @param peers whom it announces to
 */
public record SpeakerHost(
        String amphoraId, InetSocketAddress api, String failureDomain, boolean alive, List<Peer> peers) {
    public SpeakerHost {
        Ids.check("amphora id", amphoraId);
        peers = List.copyOf(peers);
    }

    /**
     * A peer of a speaker.
     *
     * @param families the address families that it takes
     * @param addPath whether it takes several next hops for one VIP from one speaker (RFC 7911)
     */
    public record Peer(PeerId id, Set<AddressFamily> families, boolean addPath) {
        public Peer {
            families = Set.copyOf(families);
        }
    }
}
