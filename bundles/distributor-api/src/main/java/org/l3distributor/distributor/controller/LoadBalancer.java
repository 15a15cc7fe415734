// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer.
 *
 * @param additionalVips in the user's order, at most one of each subnet
 * @param frontendNetworkId the network of the amphorae's front-end addresses, the next hops of the VIPs
 * @param provider Octavia's word for what makes it
 * @param topology such as ACTIVE_ACTIVE
 * @param amphoraCount N: so many serve it when all is well
 * @param distributorId who leads traffic to it, as its user chose; null = the controllers' default
 */
public record LoadBalancer(
        Header header,
        Vip vip,
        List<Vip> additionalVips,
        String frontendNetworkId,
        String frontendSubnetId,
        String provider,
        String topology,
        int amphoraCount,
        @Nullable String distributorId) {
    public LoadBalancer {
        additionalVips = List.copyOf(additionalVips);
    }

    /** One whose user chose no distributor. */
    public LoadBalancer(
            Header header,
            Vip vip,
            List<Vip> additionalVips,
            String frontendNetworkId,
            String frontendSubnetId,
            String provider,
            String topology,
            int amphoraCount) {
        this(header, vip, additionalVips, frontendNetworkId, frontendSubnetId, provider, topology, amphoraCount, null);
    }

    public String id() {
        return header.id();
    }

    public LoadBalancer with(Header next) {
        return new LoadBalancer(
                next,
                vip,
                additionalVips,
                frontendNetworkId,
                frontendSubnetId,
                provider,
                topology,
                amphoraCount,
                distributorId);
    }

    public LoadBalancer withAmphorae(int count) {
        return new LoadBalancer(
                header,
                vip,
                additionalVips,
                frontendNetworkId,
                frontendSubnetId,
                provider,
                topology,
                count,
                distributorId);
    }

    public LoadBalancer withVips(Vip next, List<Vip> additional) {
        return new LoadBalancer(
                header,
                next,
                additional,
                frontendNetworkId,
                frontendSubnetId,
                provider,
                topology,
                amphoraCount,
                distributorId);
    }
}
