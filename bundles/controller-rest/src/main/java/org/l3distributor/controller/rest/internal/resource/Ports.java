// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import org.l3distributor.controller.rest.internal.http.Port;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.controller.TokenValidator;
import org.l3distributor.distributor.network.NetworkAdmin;
import org.l3distributor.distributor.network.NetworkDriver;

/** The services behind the calls. */
public record Ports(
        Port<LoadBalancerService> loadBalancers,
        Port<ListenerService> listeners,
        Port<PoolService> pools,
        Port<MemberService> members,
        Port<HealthMonitorService> healthMonitors,
        Port<AmphoraService> amphorae,
        Port<DistributorAdminService> distributors,
        Port<BgpProfileService> profile,
        Port<NetworkDriver> networks,
        Port<NetworkAdmin> networkAdmin,
        Port<TokenValidator> tokens) {
    public Ports() {
        this(
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("controller"),
                new Port<>("network driver"),
                new Port<>("keeper of networks"),
                new Port<>("identity service"));
    }
}
