// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.http.AllowedClients;
import org.l3distributor.rest.internal.resource.Ports;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The API as one JAX-RS application: it appears and goes as a whole, so that no request ever meets half of it. The
 * ports behind it come and go by themselves; what needs a missing one answers 503.
 */
@Component(service = Application.class, configurationPid = RestApplication.PID)
@JaxrsName(RestApplication.NAME)
@JaxrsApplicationBase("/")
@Designate(ocd = RestApplication.Config.class)
public final class RestApplication extends Application {
    static final String PID = "org.l3distributor.rest";
    static final String NAME = "l3distributor";

    /** {@code etc/org.l3distributor.rest.cfg}. */
    @ObjectClassDefinition(name = "L3 Distributor REST")
    @interface Config {
        @AttributeDefinition(
                description = "Client certificates that may use /1.0/distributor: whole subjects or common names;"
                        + " empty = every client that TLS lets in")
        String[] allowedClients() default {};
    }

    private final Ports ports = new Ports();
    private final Set<Object> singletons;

    @Activate
    public RestApplication(BundleContext context, Config config) {
        String data = context.getProperty("karaf.data");
        HostFacts host = new HostFacts(
                Path.of("/proc"),
                Path.of(data == null ? "." : data),
                context.getBundle().getVersion().toString());
        AllowedClients allowed = new AllowedClients(List.of(config.allowedClients()));
        singletons = Singletons.of(ports, host, allowed);
    }

    @Override
    public Set<Object> getSingletons() {
        return singletons;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDistributor(DistributorService service) {
        ports.distributor().bind(service);
    }

    void unbindDistributor(DistributorService service) {
        ports.distributor().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPeers(PeerService service) {
        ports.peers().bind(service);
    }

    void unbindPeers(PeerService service) {
        ports.peers().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindProfile(ProfileService service) {
        ports.profile().bind(service);
    }

    void unbindProfile(ProfileService service) {
        ports.profile().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindReadiness(ReadinessService service) {
        ports.readiness().bind(service);
    }

    void unbindReadiness(ReadinessService service) {
        ports.readiness().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLoadBalancers(LoadBalancerService service) {
        ports.loadBalancers().bind(service);
    }

    void unbindLoadBalancers(LoadBalancerService service) {
        ports.loadBalancers().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPlugs(PlugService service) {
        ports.plugs().bind(service);
    }

    void unbindPlugs(PlugService service) {
        ports.plugs().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAgentFiles(AgentFiles service) {
        ports.agentFiles().bind(service);
    }

    void unbindAgentFiles(AgentFiles service) {
        ports.agentFiles().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindOwnRoutes(OwnRoutes service) {
        ports.ownRoutes().bind(service);
    }

    void unbindOwnRoutes(OwnRoutes service) {
        ports.ownRoutes().unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMetrics(MetricSource source) {
        ports.metrics().add(source);
    }

    void unbindMetrics(MetricSource source) {
        ports.metrics().remove(source);
    }
}
