// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import java.util.Set;
import javax.ws.rs.core.Application;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.controller.rest.internal.resource.Ports;
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
import org.l3distributor.http.ControllerDoor;
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
 * The API as one JAX-RS application: it appears and goes as a whole. The services behind it come and go by themselves; what
 * needs a missing one answers 503.
 */
@Component(service = Application.class, configurationPid = ControllerApplication.PID)
@JaxrsName(ControllerApplication.NAME)
@JaxrsApplicationBase(ControllerDoor.PREFIX)
@Designate(ocd = ControllerApplication.Config.class)
public final class ControllerApplication extends Application {
    static final String PID = "org.l3distributor.controller.rest";
    static final String NAME = "l3distributor-controller";

    /** {@code etc/org.l3distributor.controller.rest.cfg}. */
    @ObjectClassDefinition(name = "L3 Distributor controller REST")
    @interface Config {
        @AttributeDefinition(
                description =
                        "How callers are known: token (X-Auth-Token, by a TokenValidator service), or none, which answers on"
                                + " loopback addresses only")
        String auth() default "token";

        @AttributeDefinition(description = "With auth=none: the project of callers that name none in X-Project-Id")
        String project() default "default";
    }

    private final Ports ports = new Ports();
    private final Set<Object> singletons;

    @Activate
    public ControllerApplication(Config config) {
        singletons =
                Singletons.of(ports, new Callers(Callers.Mode.of(config.auth()), config.project(), ports.tokens()));
    }

    @Override
    public Set<Object> getSingletons() {
        return singletons;
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
    void bindListeners(ListenerService service) {
        ports.listeners().bind(service);
    }

    void unbindListeners(ListenerService service) {
        ports.listeners().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPools(PoolService service) {
        ports.pools().bind(service);
    }

    void unbindPools(PoolService service) {
        ports.pools().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMembers(MemberService service) {
        ports.members().bind(service);
    }

    void unbindMembers(MemberService service) {
        ports.members().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHealthMonitors(HealthMonitorService service) {
        ports.healthMonitors().bind(service);
    }

    void unbindHealthMonitors(HealthMonitorService service) {
        ports.healthMonitors().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAmphorae(AmphoraService service) {
        ports.amphorae().bind(service);
    }

    void unbindAmphorae(AmphoraService service) {
        ports.amphorae().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDistributors(DistributorAdminService service) {
        ports.distributors().bind(service);
    }

    void unbindDistributors(DistributorAdminService service) {
        ports.distributors().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindProfile(BgpProfileService service) {
        ports.profile().bind(service);
    }

    void unbindProfile(BgpProfileService service) {
        ports.profile().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindNetworks(NetworkDriver service) {
        ports.networks().bind(service);
    }

    void unbindNetworks(NetworkDriver service) {
        ports.networks().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindNetworkAdmin(NetworkAdmin service) {
        ports.networkAdmin().bind(service);
    }

    void unbindNetworkAdmin(NetworkAdmin service) {
        ports.networkAdmin().unbind(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTokens(TokenValidator service) {
        ports.tokens().bind(service);
    }

    void unbindTokens(TokenValidator service) {
        ports.tokens().unbind(service);
    }
}
