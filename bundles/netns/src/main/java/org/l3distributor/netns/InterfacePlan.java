// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.netns.NetnsOperation.AddAddress;
import org.l3distributor.netns.NetnsOperation.AddRoute;
import org.l3distributor.netns.NetnsOperation.LinkUp;
import org.l3distributor.netns.NetnsOperation.MoveIn;
import org.l3distributor.netns.NetnsOperation.RemoveAddress;
import org.l3distributor.netns.NetnsOperation.RemoveRoute;
import org.l3distributor.netns.NetnsOperation.Rename;
import org.l3distributor.netns.NetnsOperation.SetMtu;

/** The part of a {@link NetnsPlan} that concerns interfaces, their addresses and the routes through them. */
final class InterfacePlan {
    private final ActualNamespace actual;
    private final Owned owned;
    private final List<NetnsOperation> additions = new ArrayList<>();
    private final List<NetnsOperation> removals = new ArrayList<>();
    private final List<NetnsOperation> satisfied = new ArrayList<>();
    private final Set<MacAddress> missing = new TreeSet<>();
    private final Set<MacAddress> ambiguous = new TreeSet<>();
    private final List<Route> routes = new ArrayList<>();

    private InterfacePlan(ActualNamespace actual, Owned owned) {
        this.actual = actual;
        this.owned = owned;
    }

    static InterfacePlan diff(NamespaceDescription wanted, ActualNamespace actual, Owned owned) {
        InterfacePlan plan = new InterfacePlan(actual, owned);
        for (InterfaceDescription one : wanted.interfaces()) {
            Optional<Link> link = actual.link(one);
            if (link.isEmpty()) {
                plan.moveIn(one);
            } else if (!link.get().name().equals(one.name())) {
                plan.additions.add(new Rename(link.get().index(), link.get().name(), one.name()));
            } else {
                plan.configure(one, link.get());
            }
        }
        plan.removeWhatIsOurs(wanted);
        return plan;
    }

    private void moveIn(InterfaceDescription wanted) {
        List<Link> found =
                actual.atHome().stream().filter(link -> link.has(wanted.mac())).toList();
        if (found.size() == 1) {
            Link link = found.get(0);
            additions.add(new MoveIn(link.index(), link.name(), wanted.name()));
        } else if (found.isEmpty()) {
            missing.add(wanted.mac());
        } else {
            // A VLAN has the MAC of the interface below it, a bridge that of a port: nobody can say which one is meant.
            ambiguous.add(wanted.mac());
        }
    }

    private void configure(InterfaceDescription wanted, Link link) {
        if (wanted.mtu() != 0) {
            (link.mtu() == wanted.mtu() ? satisfied : additions)
                    .add(new SetMtu(link.index(), link.name(), wanted.mtu()));
        }
        (link.up() ? satisfied : additions).add(new LinkUp(link.index(), link.name()));
        for (LinkAddress address : wanted.addresses(link.index())) {
            if (actual.addresses().contains(address)) {
                satisfied.add(new AddAddress(address, link.name()));
            } else {
                addAddress(address, wanted, link);
            }
        }
        for (Route route : routes(wanted, link.index())) {
            addRoute(route, link.name());
        }
    }

    /** IPv6 knows an address only once per link: with another prefix length it must go before it can come. */
    private void addAddress(LinkAddress address, InterfaceDescription wanted, Link link) {
        actual.addresses().stream()
                .filter(has -> has.link() == link.index() && has.address().equals(address.address()))
                .filter(has -> has.address().family() == AddressFamily.IPV6 && isOwned(has, wanted.mac()))
                .forEach(has -> additions.add(new RemoveAddress(has, link.name())));
        additions.add(new AddAddress(address, link.name()));
    }

    private void addRoute(Route route, String name) {
        routes.add(route);
        if (actual.routes().stream().anyMatch(route::leadsLike)) {
            satisfied.add(new AddRoute(route, name, false));
        } else {
            boolean replaces = actual.routes().stream().anyMatch(other -> other.isOurs() && other.sameKey(route));
            additions.add(new AddRoute(route, name, replaces));
        }
    }

    /** Of two that can't both be, the first one counts: a gateway before a host route to everywhere. */
    private static List<Route> routes(InterfaceDescription wanted, int link) {
        List<Route> all = new ArrayList<>();
        for (int table : wanted.isFrontEnd() ? new int[] {Route.MAIN, Route.ANSWERS} : new int[] {Route.MAIN}) {
            for (InterfaceNetwork network : wanted.networks()) {
                if (table == Route.ANSWERS || network.address() == null) { // else the kernel adds it with the address
                    all.add(Route.ours(table, network.subnet(), null, link));
                }
            }
            for (AddressFamily family : wanted.isFrontEnd() ? AddressFamily.values() : new AddressFamily[0]) {
                wanted.gateway(family)
                        .ifPresent(gateway -> all.add(Route.ours(table, Route.everywhere(family), gateway, link)));
            }
            wanted.hostRoutes()
                    .forEach(route -> all.add(Route.ours(table, route.destination(), route.nextHop(), link)));
        }
        List<Route> first = new ArrayList<>();
        all.stream().filter(route -> first.stream().noneMatch(route::sameKey)).forEach(first::add);
        return first;
    }

    private void removeWhatIsOurs(NamespaceDescription wanted) {
        for (Route has : actual.routes()) {
            boolean wantedOrReplaced = routes.stream().anyMatch(has::sameKey);
            if (has.isOurs() && !wantedOrReplaced) {
                removals.add(new RemoveRoute(has, name(has.link())));
            }
        }
        for (LinkAddress has : actual.addresses()) {
            Optional<Link> link = actual.links().stream()
                    .filter(one -> one.index() == has.link())
                    .findFirst();
            boolean wantedHere = wanted.interfaces().stream()
                    .filter(one -> link.isPresent() && link.get().has(one.mac()))
                    .anyMatch(one -> one.addresses(has.link()).contains(has));
            boolean owns = link.isPresent()
                    && owned.addresses().stream().anyMatch(one -> link.get().has(one.mac()) && isSame(has, one));
            RemoveAddress removal = new RemoveAddress(has, name(has.link()));
            if (owns && !wantedHere && !additions.contains(removal)) {
                removals.add(removal);
            }
        }
    }

    private boolean isOwned(LinkAddress has, MacAddress mac) {
        return owned.addresses().stream().anyMatch(one -> one.mac().equals(mac) && isSame(has, one));
    }

    private static boolean isSame(LinkAddress has, Owned.Address owned) {
        return has.address().equals(owned.address()) && has.prefixLength() == owned.prefixLength();
    }

    private String name(int index) {
        return actual.links().stream()
                .filter(link -> link.index() == index)
                .map(Link::name)
                .findFirst()
                .orElse("link " + index);
    }

    List<NetnsOperation> additions() {
        return additions;
    }

    List<NetnsOperation> removals() {
        return removals;
    }

    List<NetnsOperation> satisfied() {
        return satisfied;
    }

    Set<MacAddress> missing() {
        return missing;
    }

    Set<MacAddress> ambiguous() {
        return ambiguous;
    }
}
