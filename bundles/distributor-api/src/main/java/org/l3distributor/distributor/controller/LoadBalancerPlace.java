// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/** Where a new load balancer lies: its VIPs, with an address where the user named one, and its front end. */
public record LoadBalancerPlace(Vip vip, List<Vip> additionalVips, String frontendNetworkId, String frontendSubnetId) {
    public LoadBalancerPlace {
        additionalVips = List.copyOf(additionalVips);
    }
}
