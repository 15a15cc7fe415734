// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.VipPlug;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NetworkPlug;

/** From the amphora API's plugs to the namespace's. What can't be there is refused by the namespace's own values. */
final class PlugTerms {
    private PlugTerms() {}

    static FrontEndPlug frontEnd(VipPlug plug) {
        List<InterfaceNetwork> networks = new ArrayList<>();
        networks.add(new InterfaceNetwork(plug.subnet(), plug.frontendIp(), plug.gateway()));
        Set<IpAddress> all = new LinkedHashSet<>(Set.of(plug.vip()));
        List<HostRoute> routes = new ArrayList<>(routes(plug.hostRoutes()));
        for (AdditionalVip more : plug.additional()) {
            all.add(more.vip());
            network(more).filter(one -> !networks.contains(one)).ifPresent(networks::add);
            routes(more.hostRoutes()).stream()
                    .filter(route -> !routes.contains(route))
                    .forEach(routes::add);
        }
        return new FrontEndPlug(mac(plug.mac()), mtu(plug.mtu()), networks, routes, all);
    }

    /** An IPv4 subnet in which this host has no address can't be spoken to; its VIP is reached by the others. */
    private static Optional<InterfaceNetwork> network(AdditionalVip vip) {
        IpAddress own = vip.frontendIp();
        if (own == null && vip.vip().family().ipVersion() == 4) {
            return Optional.empty();
        }
        return Optional.of(new InterfaceNetwork(
                vip.frontendSubnet() == null ? vip.subnet() : vip.frontendSubnet(), own, vip.gateway()));
    }

    private static List<HostRoute> routes(List<PlugService.HostRoute> routes) {
        return routes.stream()
                .map(route -> new HostRoute(route.destination(), route.nextHop()))
                .toList();
    }

    private static MacAddress mac(String text) {
        return MacAddress.parse(text);
    }

    private static int mtu(@Nullable Integer mtu) {
        return mtu == null ? 0 : mtu;
    }

    static NetworkPlug network(PlugService.NetworkPlug plug) {
        List<HostRoute> routes = new ArrayList<>();
        plug.fixedIps().forEach(fixed -> routes.addAll(routes(fixed.hostRoutes())));
        return new NetworkPlug(
                mac(plug.mac()),
                mtu(plug.mtu()),
                plug.fixedIps().stream()
                        .map(fixed -> new InterfaceNetwork(fixed.subnet(), fixed.address(), fixed.gateway()))
                        .toList(),
                routes);
    }
}
