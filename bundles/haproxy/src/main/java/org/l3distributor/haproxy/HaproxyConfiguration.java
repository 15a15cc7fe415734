// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * What this product wants to know of a {@code haproxy.cfg}. A configuration without a frontend is a good one: it is
 * what Octavia sends when a load balancer is put administratively down.
 *
 * @param frontends in the order of the file
 * @param pools names of the backends, in the order of the file
 * @param statisticsSocket the path of the first {@code stats socket}; null when there is none
 */
public record HaproxyConfiguration(
        List<Frontend> frontends,
        List<String> pools,
        @Nullable String statisticsSocket) {
    public HaproxyConfiguration {
        frontends = List.copyOf(frontends);
        pools = List.copyOf(pools);
    }

    /** No frontends: what runs before anything was started. */
    public static HaproxyConfiguration none() {
        return new HaproxyConfiguration(List.of(), List.of(), null);
    }

    /** Every address that some frontend binds, in order. */
    public Set<IpAddress> addresses() {
        Set<IpAddress> addresses = new TreeSet<>();
        frontends.forEach(frontend -> frontend.binds().forEach(bind -> addresses.add(bind.address())));
        return addresses;
    }

    /** Those binds here at which a HAProxy with the other configuration would answer as well, in the order of the file. */
    public List<Bind> sharedWith(HaproxyConfiguration other) {
        List<Bind> others = other.frontends().stream()
                .flatMap(frontend -> frontend.binds().stream())
                .toList();
        return frontends.stream()
                .flatMap(frontend -> frontend.binds().stream())
                .filter(bind -> others.stream().anyMatch(bind::overlaps))
                .toList();
    }

    public boolean binds(IpAddress vip) {
        return frontends.stream().anyMatch(frontend -> frontend.binds(vip));
    }

    public Optional<Frontend> frontend(String id) {
        return frontends.stream().filter(frontend -> frontend.id().equals(id)).findFirst();
    }
}
