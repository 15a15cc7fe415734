// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.VipStatus;

/** A host on which all is well: one VIP of each family, a front end with both, one HAProxy that serves them. */
final class Facts {
    static final String LB = "lb-1";
    static final String POOL = "pool-1";
    static final IpAddress VIP4 = ip("203.0.113.10");
    static final IpAddress VIP6 = ip("2001:db8:100::10");
    static final IpAddress HOP4 = ip("10.20.0.11");
    static final IpAddress HOP6 = ip("2001:db8:f::11");
    static final MacAddress MAC = new MacAddress("fa:16:3e:00:00:01");
    static final Link UP = new Link(3, "eth1", true, true, MAC.text(), 1500);

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private Facts() {}

    static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    static InterfaceNetwork network(String subnet, IpAddress address) {
        return new InterfaceNetwork(IpPrefix.parse(subnet), address, null);
    }

    static InterfaceStatus front(Link link, InterfaceNetwork... networks) {
        return new InterfaceStatus(
                new InterfaceDescription(MAC, "eth1", 0, List.of(networks), List.of()), link, List.of(), null);
    }

    static InterfaceStatus front() {
        return front(UP, network("10.20.0.0/24", HOP4), network("2001:db8:f::/64", HOP6));
    }

    static NamespaceSnapshot namespace(Set<IpAddress> onLo, InterfaceStatus... interfaces) {
        List<VipStatus> vips = new ArrayList<>();
        for (IpAddress vip : List.of(VIP4, VIP6)) {
            vips.add(new VipStatus(vip, true, onLo.contains(vip), null));
        }
        return new NamespaceSnapshot(
                "amphora-haproxy",
                NamespaceState.READY,
                THEN,
                ActualNamespace.empty(),
                vips,
                List.of(interfaces),
                0,
                null);
    }

    static NamespaceSnapshot namespace() {
        return namespace(Set.of(VIP4, VIP6), front());
    }

    /** The same namespace with what the kernel says of its addresses. */
    static NamespaceSnapshot withAddress(NamespaceSnapshot namespace, IpAddress address, int length) {
        ActualNamespace actual = new ActualNamespace(
                List.of(UP),
                List.of(new LinkAddress(UP.index(), address, length)),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        return new NamespaceSnapshot(
                namespace.namespace(),
                namespace.state(),
                namespace.since(),
                actual,
                namespace.vips(),
                namespace.interfaces(),
                0,
                null);
    }

    static HaproxyConfiguration binding(IpAddress... vips) {
        List<Bind> binds = Arrays.stream(vips).map(vip -> new Bind(vip, 80)).toList();
        return vips.length == 0
                ? HaproxyConfiguration.none()
                : new HaproxyConfiguration(
                        List.of(new Frontend("listener-1", "HTTP", List.of(POOL), binds)), List.of(), "/run/lb.sock");
    }

    static LoadBalancerState running(String id, IpAddress... vips) {
        return new LoadBalancerState(
                id,
                LoadBalancerState.State.RUNNING,
                THEN,
                100,
                101,
                binding(vips),
                binding(vips),
                Set.copyOf(Arrays.stream(vips).map(vip -> new Bind(vip, 80)).toList()),
                true,
                "");
    }

    static LoadBalancerState dead(String id, IpAddress... vips) {
        return new LoadBalancerState(
                id,
                LoadBalancerState.State.DOWN,
                THEN,
                0,
                0,
                binding(vips),
                binding(vips),
                Set.of(),
                false,
                "its worker died");
    }

    static HaproxySnapshot haproxy(LoadBalancerState... states) {
        return new HaproxySnapshot(List.of(states));
    }
}
