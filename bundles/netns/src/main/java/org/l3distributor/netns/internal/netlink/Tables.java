// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.Route;
import org.l3distributor.netns.SourceRule;

/** What the kernel's tables hold, asked for through one socket of the namespace that is meant. */
final class Tables {
    private static final int[] FAMILIES = {NetlinkEncoder.AF_INET, NetlinkEncoder.AF_INET6};

    private Tables() {}

    /** Everything; the settings are those of the calling thread's namespace. */
    static ActualNamespace read(NetlinkSocket socket) throws IOException {
        List<Link> links = links(socket);
        List<LinkAddress> addresses = new ArrayList<>();
        for (NetlinkMessage one : socket.dump(NetlinkEncoder::dumpAddresses)) {
            if (one instanceof NetlinkMessage.AddressSeen seen) {
                addresses.add(seen.address());
            }
        }
        List<Route> routes = new ArrayList<>();
        List<SourceRule> rules = new ArrayList<>();
        for (int family : FAMILIES) {
            routes.addAll(routes(socket, family, Route.MAIN));
            routes.addAll(routes(socket, family, Route.ANSWERS));
            rules.addAll(rules(socket, family));
        }
        return new ActualNamespace(links, addresses, routes, rules, Sysctls.read(links), List.of());
    }

    static List<Link> links(NetlinkSocket socket) {
        List<Link> links = new ArrayList<>();
        for (NetlinkMessage one : socket.dump(NetlinkEncoder::dumpLinks)) {
            if (one instanceof NetlinkMessage.LinkSeen seen) {
                links.add(seen.link());
            }
        }
        return links;
    }

    private static List<Route> routes(NetlinkSocket socket, int family, int table) {
        List<Route> routes = new ArrayList<>();
        for (NetlinkMessage one : socket.dumpTable(n -> RouteEncoder.dumpRoutes(n, family, table))) {
            if (one instanceof NetlinkMessage.RouteSeen seen && seen.route().table() == table) {
                routes.add(seen.route());
            }
        }
        return routes;
    }

    private static List<SourceRule> rules(NetlinkSocket socket, int family) {
        List<SourceRule> rules = new ArrayList<>();
        for (NetlinkMessage one : socket.dump(n -> RouteEncoder.dumpRules(n, family))) {
            if (one instanceof NetlinkMessage.RuleSeen seen && seen.rule().table() == Route.ANSWERS) {
                rules.add(seen.rule());
            }
        }
        return rules;
    }

    static Map<String, LinkTraffic> traffic(NetlinkSocket socket) {
        Map<String, LinkTraffic> traffic = new TreeMap<>();
        for (NetlinkMessage one : socket.dump(NetlinkEncoder::dumpLinks)) {
            if (one instanceof NetlinkMessage.LinkSeen seen) {
                traffic.put(seen.link().name(), seen.traffic());
            }
        }
        return Collections.unmodifiableMap(traffic);
    }

    static Set<ListeningSocket> listening(NetlinkSocket socket) {
        Set<ListeningSocket> sockets = new HashSet<>();
        for (int family : FAMILIES) {
            for (NetlinkMessage one : socket.dump(n -> SockDiag.dumpListeners(n, family))) {
                if (one instanceof NetlinkMessage.ListenerSeen seen) {
                    sockets.add(seen.socket());
                }
            }
        }
        return Set.copyOf(sockets);
    }
}
