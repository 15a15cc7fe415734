// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A load balancer as a user wishes it; what isn't said is null. At least one of network and subnet of the VIP is said.
 *
 * @param projectId null: the caller's
 * @param amphoraCount null: the controller's default
 * @param distributorId null: the controllers' default
 */
public record LoadBalancerDraft(
        HeaderDraft header,
        @Nullable String projectId,
        @Nullable String vipNetworkId,
        @Nullable String vipSubnetId,
        @Nullable IpAddress vipAddress,
        List<VipDraft> additionalVips,
        @Nullable String frontendNetworkId,
        @Nullable String frontendSubnetId,
        @Nullable Integer amphoraCount,
        @Nullable String distributorId) {
    public LoadBalancerDraft {
        additionalVips = List.copyOf(additionalVips);
    }

    /** One more address. */
    public record VipDraft(String subnetId, @Nullable IpAddress address) {}
}
