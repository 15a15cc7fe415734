// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.Route;

/** A datagram by which a gateway comes to know an address of the front end. */
record Greeting(IpAddress from, IpAddress gateway) {
    /** What these addresses send: to every gateway of their family beyond the front end, whichever table names it. Pure. */
    static Set<Greeting> all(NamespaceSnapshot namespace, Set<IpAddress> addresses) {
        return gateways(namespace)
                .flatMap(gateway -> addresses.stream()
                        .filter(address -> address.family() == gateway.family())
                        .map(address -> new Greeting(address, gateway)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<IpAddress> gateways(NamespaceSnapshot namespace) {
        return namespace.frontEnd().stream()
                .flatMap(front -> Stream.ofNullable(front.link()))
                .flatMap(link -> namespace.actual().routes().stream()
                        .filter(route -> route.link() == link.index())
                        .map(Route::gateway))
                .flatMap(Stream::ofNullable)
                .distinct();
    }
}
