// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/** A load balancer as it is listed: with the ids of what belongs to it. */
public record LoadBalancerView(LoadBalancer loadBalancer, List<String> listenerIds, List<String> poolIds) {
    public LoadBalancerView {
        listenerIds = List.copyOf(listenerIds);
        poolIds = List.copyOf(poolIds);
    }
}
