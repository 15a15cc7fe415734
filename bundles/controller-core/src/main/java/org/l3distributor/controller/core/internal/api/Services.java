// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.store.ControllerStore;

/** The services that users' requests come through. */
public final class Services {
    private final Desk desk;
    private final int amphorae;

    /**
     * @param executor its threads wait for the tables
     * @param nudge is called when a task was stored; returns at once
     * @param amphorae how many a load balancer has, at least 1
     */
    public Services(
            ControllerStore store,
            Supplier<Optional<NetworkDriver>> networks,
            Executor executor,
            Runnable nudge,
            int amphorae) {
        desk = new Desk(store, networks, executor, nudge);
        this.amphorae = amphorae;
    }

    public LoadBalancerService loadBalancers() {
        return new LoadBalancers(desk, amphorae);
    }

    public ListenerService listeners() {
        return new Listeners(desk);
    }

    public PoolService pools() {
        return new Pools(desk);
    }

    public MemberService members() {
        return new Members(desk);
    }

    public BgpProfileService profiles() {
        return new Profiles(desk);
    }

    public HealthMonitorService healthMonitors() {
        return new Monitors(desk);
    }
}
