// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

/** What the ports of a load balancer's VIPs are called: so they are found, whoever made them. */
public final class VipPorts {
    private VipPorts() {}

    /** @param number 0 = the VIP, 1, 2, ... = the additional ones, in their order */
    public static String name(String loadBalancerId, int number) {
        return number == 0 ? "octavia-lb-" + loadBalancerId : "octavia-lb-" + loadBalancerId + "-" + number;
    }
}
