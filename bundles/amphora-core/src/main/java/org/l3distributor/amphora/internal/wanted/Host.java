// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.List;
import java.util.Map;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * This host's addresses at one moment.
 *
 * @param own every address of every interface
 * @param global own addresses outside of the loopback interface, by interface, link-local ones left out
 * @param sources from which own address each peer is reached; peers without a route are missing
 * @param management the on-link prefixes of those sources
 */
public record Host(
        List<IpAddress> own, List<IpAddress> global, Map<IpAddress, IpAddress> sources, List<IpPrefix> management) {
    public static final Host UNKNOWN = new Host(List.of(), List.of(), Map.of(), List.of());

    public Host {
        own = List.copyOf(own);
        global = List.copyOf(global);
        sources = Map.copyOf(sources);
        management = List.copyOf(management);
    }
}
