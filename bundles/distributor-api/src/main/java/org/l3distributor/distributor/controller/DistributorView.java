// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/**
 * A distributor as operators see it.
 *
 * @param amphoraIds its dedicated speakers
 * @param loadBalancerIds whose VIPs it distributes
 */
public record DistributorView(Distributor distributor, List<String> amphoraIds, List<String> loadBalancerIds) {
    public DistributorView {
        amphoraIds = List.copyOf(amphoraIds);
        loadBalancerIds = List.copyOf(loadBalancerIds);
    }

    public String id() {
        return distributor.id();
    }
}
