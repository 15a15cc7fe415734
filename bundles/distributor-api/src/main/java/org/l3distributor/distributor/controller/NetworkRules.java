// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.HostRoute;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What may be said of a network or a subnet that the controller keeps itself, in the words of OpenStack's Networking API. */
public final class NetworkRules {
    private static final Set<String> NETWORK = Set.of("id", "name", "mtu", "router:external", "admin_state_up");
    private static final Set<String> SUBNET =
            Set.of("id", "name", "network_id", "cidr", "ip_version", "gateway_ip", "host_routes", "enable_dhcp");
    private static final Set<String> ROUTE = Set.of("destination", "nexthop");

    private NetworkRules() {}

    /** Reads {@code {"network": {...}}}; an id of its own is made for one that has none. */
    public static Outcome<Network> network(Map<?, ?> body) {
        Input input = Input.open(body, "network_", "network", NETWORK);
        String id = input.uuid("id");
        String name = input.text("name");
        Integer mtu = input.whole("mtu", 68, 65_535);
        Boolean external = input.flag("router:external");
        return input.result(in -> new Network(
                id == null ? UUID.randomUUID().toString() : id,
                name == null ? "" : name,
                mtu == null ? 1_500 : mtu,
                external != null && external));
    }

    /** Reads {@code {"subnet": {...}}}; an id of its own is made for one that has none. */
    public static Outcome<Subnet> subnet(Map<?, ?> body) {
        Input input = Input.open(body, "subnet_", "subnet", SUBNET);
        input.required("network_id");
        input.required("cidr");
        String id = input.uuid("id");
        String name = input.text("name");
        String network = input.uuid("network_id");
        IpPrefix cidr = input.prefix("cidr");
        IpAddress gateway = input.address("gateway_ip");
        List<HostRoute> routes = routes(input);
        return input.result(in -> {
            IpPrefix itsCidr = ListenerRules.given(cidr);
            if (gateway != null && gateway.family() != itsCidr.family()) {
                in.refuse("gateway_ip", gateway.toString(), "Value should be of the subnet's IP version");
                return new Subnet("", "", "", itsCidr, null, List.of());
            }
            return new Subnet(
                    id == null ? UUID.randomUUID().toString() : id,
                    ListenerRules.given(network),
                    name == null ? "" : name,
                    itsCidr,
                    gateway,
                    routes);
        });
    }

    private static List<HostRoute> routes(Input input) {
        List<HostRoute> routes = new ArrayList<>();
        List<Map<?, ?>> given = input.objects("host_routes");
        if (given != null) {
            for (Map<?, ?> one : given) {
                Input route = input.within(one, "subnet_.subnet.host_routes", ROUTE);
                route.required("destination");
                route.required("nexthop");
                IpPrefix destination = route.prefix("destination");
                IpAddress nextHop = route.address("nexthop");
                if (destination != null && nextHop != null) {
                    if (destination.family() == nextHop.family()) {
                        routes.add(new HostRoute(destination, nextHop));
                    } else {
                        route.refuse("nexthop", nextHop.toString(), "Value should be of the destination's IP version");
                    }
                }
            }
        }
        return routes;
    }
}
