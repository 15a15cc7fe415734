// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * A VIP and the interface that traffic for it comes in by.
 *
 * @param subnet the VIP's
 * @param gateway of the VIP's subnet; null when it has none
 * @param mac of the interface, lower-case hex with colons
 * @param frontendIp the amphora's address on the interface, and next hop of the VIP's routes; in the front-end subnet
 * @param frontend the front-end subnet; null when it is the VIP's own
 * @param mtu in bytes; null = the interface's own
 * @param hostRoutes of the front-end subnet
 * @param additional further VIPs on the same interface
 */
public record FrontEndPlug(
        IpAddress vip,
        IpPrefix subnet,
        @Nullable IpAddress gateway,
        String mac,
        IpAddress frontendIp,
        @Nullable FrontEnd frontend,
        @Nullable Integer mtu,
        List<HostRoute> hostRoutes,
        List<AdditionalVip> additional) {
    public FrontEndPlug {
        hostRoutes = List.copyOf(hostRoutes);
        additional = List.copyOf(additional);
    }

    /**
     * A front-end subnet that isn't the VIP's.
     *
     * @param gateway null when it has none
     */
    public record FrontEnd(IpPrefix subnet, @Nullable IpAddress gateway) {}
}
