// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * An address of a load balancer.
 *
 * @param address null until one is allocated, when the user named none
 * @param portId the port that keeps others from it; null until it is allocated
 */
public record Vip(@Nullable IpAddress address, @Nullable String portId, String networkId, String subnetId) {
    public Vip allocated(IpAddress itsAddress, String itsPort) {
        return new Vip(itsAddress, itsPort, networkId, subnetId);
    }
}
