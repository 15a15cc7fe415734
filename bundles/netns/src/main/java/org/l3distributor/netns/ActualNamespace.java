// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.l3distributor.net.IpAddress;

/**
 * What the kernel says about a namespace.
 *
 * @param routes those of the tables {@link Route#MAIN} and {@link Route#ANSWERS}
 * @param rules those for one source address that lead to {@link Route#ANSWERS}
 * @param sysctls path below {@code /proc/sys} to value, those that the description speaks about and that exist
 * @param atHome the interfaces of the process's own namespace, when something was looked for there
 */
public record ActualNamespace(
        List<Link> links,
        List<LinkAddress> addresses,
        List<Route> routes,
        List<SourceRule> rules,
        Map<String, String> sysctls,
        List<Link> atHome) {
    /** The loopback of every namespace has this index (LOOPBACK_IFINDEX of the kernel). */
    public static final int LOOPBACK_INDEX = 1;

    public ActualNamespace {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        sysctls = Map.copyOf(sysctls);
        atHome = List.copyOf(atHome);
    }

    /** Nothing at all, as in a namespace that isn't there. */
    public static ActualNamespace empty() {
        return new ActualNamespace(List.of(), List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    /** The same beside these interfaces of the process's own namespace. */
    public ActualNamespace with(List<Link> interfacesAtHome) {
        return new ActualNamespace(links, addresses, routes, rules, sysctls, interfacesAtHome);
    }

    public Optional<Link> loopback() {
        return links.stream().filter(link -> link.index() == LOOPBACK_INDEX).findFirst();
    }

    /** The interface that is described: with that MAC, and of several the one that has the name already. */
    public Optional<Link> link(InterfaceDescription wanted) {
        List<Link> having =
                links.stream().filter(link -> link.has(wanted.mac())).toList();
        return having.stream()
                .filter(link -> link.name().equals(wanted.name()))
                .findFirst()
                .or(() -> having.stream().findFirst());
    }

    /** Whether {@code lo} has the address, with whatever prefix length: IPv6 knows an address only once per link. */
    public boolean onLoopback(IpAddress address) {
        return addresses.stream()
                .anyMatch(has -> has.link() == LOOPBACK_INDEX && has.address().equals(address));
    }

    /** Whether {@code lo} has the address the way we add it, as /32 or /128. */
    public boolean onLoopbackAsHost(IpAddress address) {
        return addresses.contains(
                new LinkAddress(LOOPBACK_INDEX, address, address.family().bits()));
    }

    /** Whether a connection to the address reaches this host: on {@code lo}, and {@code lo} is up. */
    public boolean serves(IpAddress address) {
        return loopback().map(Link::up).orElse(false) && onLoopback(address);
    }
}
