// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.osgi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.l3distributor.amphora.internal.core.CoreSettings;
import org.l3distributor.amphora.internal.core.RunningCore;
import org.l3distributor.amphora.internal.profile.Ports;
import org.l3distributor.amphora.internal.wanted.Gate;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.InstalledRoles;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.distributor.store.ApplianceStore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs the core over the speaker and publishes its ports. The store and the configuration may come and go. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.l3distributor.agent",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class AmphoraCore {
    /** Part of the agent's configuration. */
    @interface Config {
        /** TCP port on which peers may connect; 0 = none. */
        int bgp_listen_port() default 179;

        /** TCP port of the peers. */
        int bgp_peer_port() default 179;
    }

    private final RunningCore core;
    private final AutoCloseable roleListener;
    private final List<ServiceRegistration<?>> ports = new ArrayList<>();
    private final IdentityHashMap<AgentConfiguration, AutoCloseable> listeners = new IdentityHashMap<>();

    @Activate
    public AmphoraCore(
            BundleContext context, Config config, @Reference BgpSpeaker speaker, @Reference InstalledRoles roles) {
        core = new RunningCore(
                speaker,
                new CoreSettings(new Ports(config.bgp_listen_port(), config.bgp_peer_port()), Gate.REGISTERED));
        roleListener = roles.listen(core::roles);
        core.roles(roles.roles());
        ports.add(context.registerService(DistributorService.class, core.distributor(), null));
        ports.add(context.registerService(OwnRoutes.class, core.own(), null));
        ports.add(context.registerService(PeerService.class, core.peers(), null));
        ports.add(context.registerService(ProfileService.class, core.profiles(), null));
        ports.add(context.registerService(ReadinessService.class, core.readiness(), null));
        ports.add(context.registerService(MetricSource.class, core.metrics(), null));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(ApplianceStore store) {
        core.bound(store);
    }

    void unbindStore(ApplianceStore store) {
        core.unbound(store);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindConfiguration(AgentConfiguration configuration) {
        listeners.put(configuration, configuration.listen(snapshot -> core.configured(configuration)));
        core.configured(configuration);
    }

    /** The profile in force stays: a refresh of the configuration's bundle resets no session. */
    synchronized void unbindConfiguration(AgentConfiguration configuration) throws Exception {
        AutoCloseable listener = listeners.remove(configuration);
        if (listener != null) {
            listener.close();
        }
    }

    @Deactivate
    void close() throws Exception {
        ports.forEach(ServiceRegistration::unregister);
        roleListener.close();
        core.close();
    }
}
