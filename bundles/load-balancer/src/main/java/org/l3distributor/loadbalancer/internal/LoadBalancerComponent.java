// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.Heartbeats;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.VipPlumber;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs the core and publishes its ports. Whoever announces routes, and the agent's files, may come and go. */
@Component(
        immediate = true,
        service = {})
public final class LoadBalancerComponent {
    private final LoadBalancerCore core;
    private final List<ServiceRegistration<?>> ports = new ArrayList<>();
    private final IdentityHashMap<AgentFiles, AutoCloseable> listening = new IdentityHashMap<>();

    @Activate
    public LoadBalancerComponent(
            BundleContext context,
            @Reference VipPlumber vips,
            @Reference InterfacePlumber interfaces,
            @Reference Haproxy haproxy,
            @Reference Heartbeats heartbeats) {
        core = new LoadBalancerCore(vips, interfaces, haproxy, heartbeats);
        ports.add(context.registerService(LoadBalancerService.class, core.loadBalancers(), null));
        ports.add(context.registerService(PlugService.class, core.plugs(), null));
        ports.add(context.registerService(MetricSource.class, core.metrics(), null));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRoutes(OwnRoutes routes) {
        core.bind(routes);
    }

    void unbindRoutes(OwnRoutes routes) {
        core.unbind(routes);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindFiles(AgentFiles files) {
        listening.put(files, files.listen(settings -> configured(files)));
        configured(files);
    }

    /** Asks anew, so that the last one to come here brings the newest. */
    private synchronized void configured(AgentFiles files) {
        core.configured(files.settings());
    }

    /** The settings in force stay: a refresh of the configuration's bundle interrupts no heartbeat. */
    synchronized void unbindFiles(AgentFiles files) throws Exception {
        AutoCloseable listener = listening.remove(files);
        if (listener != null) {
            listener.close();
        }
    }

    @Deactivate
    void close() {
        ports.forEach(ServiceRegistration::unregister);
        core.close();
    }
}
