// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NetnsOperation.AddRule;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.LoopbackUp;
import org.l3distributor.netns.NetnsOperation.RemoveRule;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;

/**
 * The way from a namespace as it is to its description. One pass may not be the whole way: an interface that is moved
 * in is looked at again before anything is done to it.
 *
 * @param operations what is to be done, in this order
 * @param satisfied what would have to be done were it not so already; asked for again later, it is drift
 * @param missing described interfaces that are nowhere
 * @param ambiguous described interfaces whose MAC several have at home
 */
public record NetnsPlan(
        List<NetnsOperation> operations,
        Set<NetnsOperation> satisfied,
        Set<MacAddress> missing,
        Set<MacAddress> ambiguous) {
    private static final String IPV6 = "net/ipv6/";

    public NetnsPlan {
        operations = List.copyOf(operations);
        satisfied = Set.copyOf(satisfied);
        missing = Set.copyOf(missing);
        ambiguous = Set.copyOf(ambiguous);
    }

    /**
     * Compares. Settings come before all else, so that no wire is ever answered for a VIP (arp_ignore 1: only for
     * addresses of the interface that was asked on; arp_announce 2: never with an address of another one), and no
     * router advertisement is ever listened to. Interfaces come before VIPs, so that no answer finds a closed way, and
     * additions before removals.
     */
    public static NetnsPlan diff(NamespaceDescription wanted, ActualNamespace actual, Owned owned) {
        List<NetnsOperation> operations = new ArrayList<>();
        Set<NetnsOperation> satisfied = new LinkedHashSet<>();
        boolean up = actual.loopback().map(Link::up).orElse(false);
        (up ? satisfied : operations).add(new LoopbackUp());
        for (WriteSysctl sysctl : sysctls(actual.links())) {
            String value = actual.sysctls().get(sysctl.path());
            // What isn't there can't be set: a kernel without IPv6 has none of its settings.
            boolean equal = value == null ? sysctl.path().startsWith(IPV6) : value.equals(sysctl.value());
            (equal ? satisfied : operations).add(sysctl);
        }
        InterfacePlan interfaces = InterfacePlan.diff(wanted, actual, owned);
        operations.addAll(interfaces.additions());
        satisfied.addAll(interfaces.satisfied());
        for (IpAddress vip : new TreeSet<>(wanted.vips())) {
            if (wanted.frontEnd().isPresent()) {
                (hasRule(vip, actual) ? satisfied : operations).add(new AddRule(vip));
            }
            (actual.onLoopback(vip) ? satisfied : operations).add(new AddVip(vip));
        }
        for (IpAddress vip : new TreeSet<>(owned.vips())) {
            if (!wanted.vips().contains(vip) && actual.onLoopbackAsHost(vip)) {
                operations.add(new RemoveVip(vip));
            }
        }
        for (SourceRule rule : actual.rules()) {
            if (rule.isOurs() && (wanted.frontEnd().isEmpty() || !wanted.vips().contains(rule.source()))) {
                operations.add(new RemoveRule(rule.source()));
            }
        }
        operations.addAll(interfaces.removals());
        return new NetnsPlan(operations, satisfied, interfaces.missing(), interfaces.ambiguous());
    }

    private static boolean hasRule(IpAddress vip, ActualNamespace actual) {
        return actual.rules().stream().anyMatch(rule -> rule.source().equals(vip) && rule.table() == Route.ANSWERS);
    }

    /** The settings that a namespace with these links should have. */
    public static List<WriteSysctl> sysctls(List<Link> links) {
        List<WriteSysctl> all = new ArrayList<>();
        addArp("all", all);
        // Else the removal of an interface's first address of a subnet would take the others with it.
        all.add(new WriteSysctl("net/ipv4/conf/all/promote_secondaries", "1"));
        // Who has neither root nor the right to become it may ping from here, as HAProxy's health checks do: every
        // group that a container maps. The kernel's own answer for a fresh namespace is none.
        all.add(new WriteSysctl("net/ipv4/ping_group_range", "0\t65534"));
        // The kernel takes a socket that is bound to one IPv6 address for IPv6's only. HAProxy hands it on to the
        // worker of a reload only if that is the default too; else connections in its queue are reset.
        all.add(new WriteSysctl(IPV6 + "bindv6only", "1"));
        // What an interface begins with that comes in later: "all" isn't looked at for this one.
        all.add(new WriteSysctl(IPV6 + "conf/default/accept_ra", "0"));
        for (Link link : links) {
            if (link.index() != ActualNamespace.LOOPBACK_INDEX) {
                addArp(link.name(), all);
                all.add(new WriteSysctl(IPV6 + "conf/" + link.name() + "/accept_ra", "0"));
            }
        }
        return all;
    }

    private static void addArp(String name, List<WriteSysctl> all) {
        all.add(new WriteSysctl("net/ipv4/conf/" + name + "/arp_ignore", "1"));
        all.add(new WriteSysctl("net/ipv4/conf/" + name + "/arp_announce", "2"));
    }

    /** Nothing to do: the namespace is what it should be, but for interfaces that aren't there. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }
}
