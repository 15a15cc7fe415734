// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.rest.internal.http.Port;

/** The ports that the resources ask; each may come and go while calls are running. */
public final class Ports {
    private final Port<DistributorService> distributor = new Port<>("distributor");
    private final Port<PeerService> peers = new Port<>("speaker");
    private final Port<ProfileService> profile = new Port<>("profile service");
    private final Port<ReadinessService> readiness = new Port<>("readiness service");
    private final Port<LoadBalancerService> loadBalancers = new Port<>("load balancer");
    private final Port<PlugService> plugs = new Port<>("load balancer's namespace");
    private final Port<AgentFiles> agentFiles = new Port<>("agent's configuration");
    private final Port<OwnRoutes> ownRoutes = new Port<>("core");
    private final List<MetricSource> metrics = new CopyOnWriteArrayList<>();

    public Port<DistributorService> distributor() {
        return distributor;
    }

    public Port<PeerService> peers() {
        return peers;
    }

    public Port<ProfileService> profile() {
        return profile;
    }

    public Port<ReadinessService> readiness() {
        return readiness;
    }

    public Port<LoadBalancerService> loadBalancers() {
        return loadBalancers;
    }

    public Port<PlugService> plugs() {
        return plugs;
    }

    public Port<AgentFiles> agentFiles() {
        return agentFiles;
    }

    public Port<OwnRoutes> ownRoutes() {
        return ownRoutes;
    }

    /** Live: sources come and go in it. */
    public List<MetricSource> metrics() {
        return metrics;
    }
}
