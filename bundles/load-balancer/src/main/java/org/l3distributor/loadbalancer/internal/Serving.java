// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.VipStatus;

/**
 * Which of the plugged VIPs this host serves, and why not the others. A VIP is served when packets for it arrive (it
 * is on {@code lo}, and the front end stands with the next hop's address), HAProxy answers them and, where that is
 * asked for, has a back end to give them to. Pure.
 */
final class Serving {
    private Serving() {}

    /**
     * @param members back ends, where VIPs need one or somebody counts them
     * @param leaving VIPs whose HAProxy is about to be stopped: they are not served any more, though they still answer
     * @return all plugged VIPs, by address
     */
    static List<OwnVip> of(
            NamespaceSnapshot namespace, HaproxySnapshot haproxy, Members members, Set<IpAddress> leaving) {
        Set<IpAddress> plugged = new TreeSet<>();
        namespace.vips().stream().filter(VipStatus::wanted).forEach(status -> plugged.add(status.vip()));
        return plugged.stream()
                .map(vip -> vip(vip, namespace, haproxy, members, leaving.contains(vip)))
                .toList();
    }

    private static OwnVip vip(
            IpAddress vip, NamespaceSnapshot namespace, HaproxySnapshot haproxy, Members members, boolean leaving) {
        IpAddress nextHop = nextHop(vip, namespace).orElse(null);
        String fault =
                leaving ? "HAProxy is about to stop serving it" : fault(vip, nextHop, namespace, haproxy, members);
        return new OwnVip(vip, nextHop, fault == null, fault == null ? "served" : fault, members.up(vip, haproxy));
    }

    private static @Nullable String fault(
            IpAddress vip,
            @Nullable IpAddress nextHop,
            NamespaceSnapshot namespace,
            HaproxySnapshot haproxy,
            Members members) {
        Optional<InterfaceStatus> frontEnd = namespace.frontEnd();
        if (frontEnd.isEmpty()) {
            return "no front-end interface is plugged";
        }
        if (nextHop == null) {
            return "no IPv" + vip.family().ipVersion() + " next hop: the front end has no address of that family";
        }
        if (!namespace.onLo(vip)) {
            String why = namespace
                    .vip(vip)
                    .flatMap(status -> Optional.ofNullable(status.error()))
                    .map(error -> ": " + error.getMessage())
                    .orElse("");
            return vip + " is not on lo of " + namespace.namespace() + why;
        }
        Optional<String> broken = frontEnd.flatMap(InterfaceStatus::fault);
        if (broken.isPresent()) {
            return broken.get();
        }
        return haproxy.serves(vip)
                ? members.fault(vip, haproxy)
                : haproxy.fault(vip).orElse("no listener of a running HAProxy binds " + vip);
    }

    /**
     * The next hop of a VIP's routes: the front end's own address in the subnet of the VIP, else its first one of that
     * family that isn't a VIP.
     */
    static Optional<IpAddress> nextHop(IpAddress vip, NamespaceSnapshot namespace) {
        return namespace
                .frontEnd()
                .flatMap(front -> Stream.of(
                                front.wanted().networks().stream()
                                        .filter(network -> network.subnet().contains(vip))
                                        .flatMap(Serving::own),
                                front.wanted().networks().stream().flatMap(Serving::own),
                                actual(front, namespace))
                        .flatMap(addresses -> addresses)
                        .filter(address -> address.family() == vip.family()
                                && namespace.vip(address).isEmpty())
                        .findFirst());
    }

    private static Stream<IpAddress> own(InterfaceNetwork network) {
        return Stream.ofNullable(network.address());
    }

    /** Addresses that somebody else gave the interface, by router advertisement for example. */
    private static Stream<IpAddress> actual(InterfaceStatus front, NamespaceSnapshot namespace) {
        return namespace.actual().addresses().stream()
                .filter(has ->
                        front.link() != null && has.link() == front.link().index())
                .map(LinkAddress::address)
                .filter(address -> !address.isLinkLocal());
    }
}
