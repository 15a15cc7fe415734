// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.ArrayList;
import java.util.List;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.Owned;

/**
 * A {@link PlugState} as lines of text:
 *
 * <pre>
 * wanted VIP
 * leaving VIP
 * interface MAC NAME MTU
 * network MAC SUBNET ADDRESS|- GATEWAY|-
 * route MAC DESTINATION NEXTHOP
 * leaving-address MAC ADDRESS LENGTH
 * </pre>
 *
 * <p>The networks and routes of an interface come after it, in their order.
 */
final class PlugText {
    private static final String NONE = "-";

    private PlugText() {}

    static String write(PlugState state) {
        StringBuilder text = new StringBuilder();
        state.wanted().forEach(vip -> line(text, "wanted", vip));
        state.leaving().forEach(vip -> line(text, "leaving", vip));
        for (InterfaceDescription one : state.interfaces().values()) {
            line(text, "interface", one.mac(), one.name(), one.mtu());
            for (InterfaceNetwork network : one.networks()) {
                IpAddress address = network.address();
                IpAddress gateway = network.gateway();
                line(
                        text,
                        "network",
                        one.mac(),
                        network.subnet(),
                        address == null ? NONE : address,
                        gateway == null ? NONE : gateway);
            }
            one.hostRoutes().forEach(route -> line(text, "route", one.mac(), route.destination(), route.nextHop()));
        }
        state.leavingAddresses().stream()
                .map(leaving -> leaving.mac() + " " + leaving.address() + " " + leaving.prefixLength())
                .sorted()
                .forEach(words -> line(text, "leaving-address", words));
        return text.toString();
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }

    /**
     * What the state is with one more line.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    static PlugState read(PlugState state, String line) {
        String[] words = line.strip().split(" ", -1);
        String kind = words[0] + " " + (words.length - 1);
        return switch (kind) {
            case "wanted 1" -> state.plug(vip(words[1]));
            case "leaving 1" -> state.plug(vip(words[1])).unplug(vip(words[1]));
            case "interface 3" ->
                state.plug(new InterfaceDescription(
                        MacAddress.parse(words[1]), words[2], number(words[3]), List.of(), List.of()));
            case "network 4" ->
                network(
                        state,
                        words[1],
                        new InterfaceNetwork(
                                IpPrefix.parse(words[2]),
                                words[3].equals(NONE) ? null : IpAddress.parse(words[3]),
                                words[4].equals(NONE) ? null : IpAddress.parse(words[4])));
            case "route 3" ->
                route(state, words[1], new HostRoute(IpPrefix.parse(words[2]), IpAddress.parse(words[3])));
            case "leaving-address 3" ->
                state.withLeaving(
                        new Owned.Address(MacAddress.parse(words[1]), IpAddress.parse(words[2]), number(words[3])));
            default -> throw new IllegalArgumentException("neither \"wanted\" nor \"leaving\" nor one of an interface");
        };
    }

    private static IpAddress vip(String word) {
        return VipRules.checked(IpAddress.parse(word));
    }

    private static int number(String word) {
        return Integer.parseInt(word); // a NumberFormatException is an IllegalArgumentException
    }

    private static PlugState network(PlugState state, String mac, InterfaceNetwork network) {
        InterfaceDescription one = described(state, mac);
        List<InterfaceNetwork> networks = new ArrayList<>(one.networks());
        networks.add(network);
        return state.plug(new InterfaceDescription(one.mac(), one.name(), one.mtu(), networks, one.hostRoutes()));
    }

    private static PlugState route(PlugState state, String mac, HostRoute route) {
        InterfaceDescription one = described(state, mac);
        List<HostRoute> routes = new ArrayList<>(one.hostRoutes());
        routes.add(route);
        return state.plug(new InterfaceDescription(one.mac(), one.name(), one.mtu(), one.networks(), routes));
    }

    private static InterfaceDescription described(PlugState state, String mac) {
        InterfaceDescription one = state.interfaces().get(MacAddress.parse(mac));
        if (one == null) {
            throw new IllegalArgumentException("no line before it describes interface " + mac);
        }
        return one;
    }
}
