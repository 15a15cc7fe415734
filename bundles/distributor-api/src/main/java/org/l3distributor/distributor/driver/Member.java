// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * An amphora that serves a VIP.
 *
 * @param amphoraId 1..36 letters, digits and '-'
 * @param api where its API listens on the management network; null when nobody knows
 * @param frontendIps where it takes a VIP's traffic: the next hops, at most one of each family, at least one
 * @param failureDomain what fails as a whole with it (a rack, a zone); "" when unknown
 */
public record Member(
        String amphoraId, @Nullable InetSocketAddress api, List<IpAddress> frontendIps, String failureDomain) {
    public Member {
        Ids.check("amphora id", amphoraId);
        frontendIps = List.copyOf(frontendIps);
        Set<AddressFamily> families = new HashSet<>();
        for (IpAddress address : frontendIps) {
            if (!families.add(address.family())) {
                throw new IllegalArgumentException(
                        "amphora " + amphoraId + " has two front-end addresses of one family");
            }
        }
        if (families.isEmpty()) {
            throw new IllegalArgumentException("amphora " + amphoraId + " has no front-end address");
        }
    }

    /** The next hop for VIPs of the family. */
    public Optional<IpAddress> nextHop(AddressFamily family) {
        return frontendIps.stream().filter(a -> a.family() == family).findFirst();
    }
}
