// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.store.ControllerStore;

/** The services that users' and operators' requests come through. */
public final class Services {
    private final Desk desk;
    private final int amphorae;
    private final Function<String, Optional<DistributorDriver>> drivers;
    private final String distributorId;
    private final Silence silence;

    /**
     * @param executor its threads wait for the tables
     * @param nudge is called when a task was stored; returns at once
     * @param amphorae how many a load balancer has, at least 1
     * @param drivers of distributors, by type
     * @param distributorId who leads traffic to load balancers whose users chose nobody
     * @param silence the one by which amphorae are declared dead
     */
    public Services(
            ControllerStore store,
            Supplier<Optional<NetworkDriver>> networks,
            Executor executor,
            Runnable nudge,
            int amphorae,
            Function<String, Optional<DistributorDriver>> drivers,
            String distributorId,
            Silence silence) {
        desk = new Desk(store, networks, executor, nudge);
        this.silence = silence;
        this.amphorae = amphorae;
        this.drivers = drivers;
        this.distributorId = distributorId;
    }

    /** Those of a place where there are no drivers of distributors, and no default one. */
    public Services(
            ControllerStore store,
            Supplier<Optional<NetworkDriver>> networks,
            Executor executor,
            Runnable nudge,
            int amphorae) {
        this(store, networks, executor, nudge, amphorae, type -> Optional.empty(), "", Silence.DEFAULT);
    }

    public AmphoraService amphorae() {
        return new Amphorae(desk, silence);
    }

    public DistributorAdminService distributors() {
        return new Distributors(desk, drivers, distributorId);
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
