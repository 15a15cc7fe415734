// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.LoopbackUp;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;

/**
 * The way from a namespace as it is to its description.
 *
 * @param operations what is to be done, in this order
 * @param satisfied what would have to be done were it not so already; asked for again later, it is drift
 */
public record NetnsPlan(List<NetnsOperation> operations, Set<NetnsOperation> satisfied) {
    public NetnsPlan {
        operations = List.copyOf(operations);
        satisfied = Set.copyOf(satisfied);
    }

    /**
     * Compares. Settings come before VIPs, so that no wire is ever answered for a VIP (arp_ignore 1: only for
     * addresses of the interface that was asked on; arp_announce 2: never with an address of another one). Additions
     * come before removals.
     *
     * @param owned what we put on {@code lo}, or were about to; nothing else is ever removed
     */
    public static NetnsPlan diff(NamespaceDescription wanted, ActualNamespace actual, Set<IpAddress> owned) {
        List<NetnsOperation> operations = new ArrayList<>();
        List<NetnsOperation> satisfied = new ArrayList<>();
        boolean up = actual.loopback().map(Link::up).orElse(false);
        (up ? satisfied : operations).add(new LoopbackUp());
        for (WriteSysctl sysctl : sysctls(actual.links())) {
            boolean equal = sysctl.value().equals(actual.sysctls().get(sysctl.path()));
            (equal ? satisfied : operations).add(sysctl);
        }
        for (IpAddress vip : new TreeSet<>(wanted.vips())) {
            (actual.onLoopback(vip) ? satisfied : operations).add(new AddVip(vip));
        }
        for (IpAddress vip : new TreeSet<>(owned)) {
            if (!wanted.vips().contains(vip) && actual.onLoopbackAsHost(vip)) {
                operations.add(new RemoveVip(vip));
            }
        }
        return new NetnsPlan(operations, Set.copyOf(satisfied));
    }

    /** The settings that a namespace with these links should have. */
    public static List<WriteSysctl> sysctls(List<Link> links) {
        List<WriteSysctl> all = new ArrayList<>();
        addArp("all", all);
        for (Link link : links) {
            if (link.index() != ActualNamespace.LOOPBACK_INDEX) {
                addArp(link.name(), all);
            }
        }
        return all;
    }

    private static void addArp(String name, List<WriteSysctl> all) {
        all.add(new WriteSysctl("net/ipv4/conf/" + name + "/arp_ignore", "1"));
        all.add(new WriteSysctl("net/ipv4/conf/" + name + "/arp_announce", "2"));
    }

    /** Nothing to do: the namespace is what it should be. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }
}
