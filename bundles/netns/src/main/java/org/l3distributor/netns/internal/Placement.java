// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NoSuchInterfaceException;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.internal.Request.PlugInterface;

/**
 * What a namespace should hold after an interface is plugged.
 *
 * @param change what is new about the interface
 */
record Placement(PlugState state, String name, Change change) {
    /** More interfaces than this no virtual machine has. */
    private static final int NAMES = 1000;

    /**
     * Finds the place of an interface, and keeps nothing when there is none. What is told anew of the front end takes
     * nothing from VIPs that somebody else plugged with it.
     *
     * @param actual with the interfaces at home
     * @param gone interfaces that were here in this life of the process, and aren't any more: their names are free
     * @throws NoSuchInterfaceException when nobody has the MAC
     * @throws NetnsException when several have it, or another interface has the place
     */
    static Placement of(
            PlugInterface plug, String namespace, PlugState state, ActualNamespace actual, Set<MacAddress> gone) {
        MacAddress mac = plug.mac();
        long atHome = actual.atHome().stream().filter(link -> link.has(mac)).count();
        boolean here = actual.links().stream().anyMatch(link -> link.has(mac));
        if (!here && atHome == 0) {
            throw new NoSuchInterfaceException(mac, namespace);
        } else if (!here && atHome > 1) {
            throw ambiguous(mac, namespace);
        }
        InterfaceDescription before = state.interfaces().get(mac);
        String name = before == null ? name(plug, namespace, state, actual, gone) : before.name();
        if (plug.frontEnd() != name.equals(InterfaceDescription.FRONT_END)) {
            throw taken(mac, namespace, "it is plugged as " + name + " already");
        }
        InterfaceDescription told = new InterfaceDescription(mac, name, plug.mtu(), plug.networks(), plug.hostRoutes());
        boolean alone = plug.vips().containsAll(state.wanted());
        InterfaceDescription wanted = before == null || !plug.frontEnd() || alone ? told : beside(before, told);
        PlugState next = holder(state, name)
                .filter(holder -> !holder.mac().equals(mac))
                .map(holder -> state.unplug(holder.mac()))
                .orElse(state)
                .plug(wanted);
        for (var vip : plug.vips()) {
            next = next.plug(vip);
        }
        Change change = before == null ? Change.PLUGGED : next.equals(state) ? Change.UNCHANGED : Change.UPDATED;
        return new Placement(next, name, change);
    }

    /**
     * What was plugged for other VIPs, which still need it, with what is told now: another address or gateway in the
     * same subnet and another way to the same destination replace the former one in its place, so that the first gateway
     * of a family stays the first. Plugs of two load balancers, told again and again, change nothing then.
     */
    private static InterfaceDescription beside(InterfaceDescription before, InterfaceDescription told) {
        return new InterfaceDescription(
                told.mac(),
                told.name(),
                told.mtu() == 0 ? before.mtu() : told.mtu(),
                replaced(before.networks(), told.networks(), InterfaceNetwork::subnet),
                replaced(before.hostRoutes(), told.hostRoutes(), HostRoute::destination));
    }

    private static <T> List<T> replaced(List<T> before, List<T> told, Function<T, IpPrefix> key) {
        Map<IpPrefix, List<T>> all = byKey(before, key);
        all.putAll(byKey(told, key));
        return all.values().stream().flatMap(List::stream).toList();
    }

    private static <T> Map<IpPrefix, List<T>> byKey(List<T> all, Function<T, IpPrefix> key) {
        return all.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static String name(
            PlugInterface plug, String namespace, PlugState state, ActualNamespace actual, Set<MacAddress> gone) {
        List<String> names = plug.frontEnd()
                ? List.of(InterfaceDescription.FRONT_END)
                : IntStream.rangeClosed(2, NAMES).mapToObj(n -> "eth" + n).toList();
        return names.stream()
                .filter(name -> isFree(name, plug, state, actual, gone))
                .findFirst()
                .orElseThrow(() -> taken(plug.mac(), namespace, names.get(0) + " is another interface"));
    }

    private static boolean isFree(
            String name, PlugInterface plug, PlugState state, ActualNamespace actual, Set<MacAddress> gone) {
        Optional<Link> link =
                actual.links().stream().filter(one -> one.name().equals(name)).findFirst();
        boolean linked = link.isPresent() && !link.get().has(plug.mac());
        // The front end can only be one; of another interface that was never here the next start may bring it.
        boolean held = holder(state, name)
                .filter(holder -> !plug.frontEnd() && !gone.contains(holder.mac()))
                .isPresent();
        return !linked && !held;
    }

    private static Optional<InterfaceDescription> holder(PlugState state, String name) {
        return state.interfaces().values().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    static NetnsException ambiguous(MacAddress mac, String namespace) {
        return new NetnsException(
                "find the interface " + mac, namespace, "ENOTUNIQ", "several have this MAC address outside");
    }

    private static NetnsException taken(MacAddress mac, String namespace, String why) {
        return new NetnsException("plug the interface " + mac, namespace, "EEXIST", why);
    }
}
