// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/**
 * A load balancer.
 *
 * @param additionalVips in the user's order, at most one of each subnet
 * @param frontendNetworkId the network of the amphorae's front-end addresses, the next hops of the VIPs
 * @param provider Octavia's word for what makes it
 * @param topology such as ACTIVE_ACTIVE
 * @param amphoraCount N: so many serve it when all is well
 */
public record LoadBalancer(
        Header header,
        Vip vip,
        List<Vip> additionalVips,
        String frontendNetworkId,
        String frontendSubnetId,
        String provider,
        String topology,
        int amphoraCount) {
    public LoadBalancer {
        additionalVips = List.copyOf(additionalVips);
    }

    public String id() {
        return header.id();
    }

    public LoadBalancer with(Header next) {
        return new LoadBalancer(
                next, vip, additionalVips, frontendNetworkId, frontendSubnetId, provider, topology, amphoraCount);
    }

    public LoadBalancer withAmphorae(int count) {
        return new LoadBalancer(
                header, vip, additionalVips, frontendNetworkId, frontendSubnetId, provider, topology, count);
    }

    public LoadBalancer withVips(Vip next, List<Vip> additional) {
        return new LoadBalancer(
                header, next, additional, frontendNetworkId, frontendSubnetId, provider, topology, amphoraCount);
    }
}
