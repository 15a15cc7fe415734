// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

/**
 * One load balancer's VIPs at one distributor.
 *
 * @param distributorId 1..36 characters
 * @param loadBalancerId 1..36 characters
 */
public record VipKey(String distributorId, String loadBalancerId) {
    public VipKey {
        Ids.check("distributor id", distributorId);
        Ids.check("load balancer id", loadBalancerId);
    }

    @Override
    public String toString() {
        return distributorId + "/" + loadBalancerId;
    }
}
