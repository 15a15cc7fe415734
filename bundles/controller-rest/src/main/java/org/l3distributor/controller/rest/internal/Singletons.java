// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import java.util.Set;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.ErrorMapper;
import org.l3distributor.controller.rest.internal.http.PlainCalls;
import org.l3distributor.controller.rest.internal.resource.AmphoraResource;
import org.l3distributor.controller.rest.internal.resource.BgpResource;
import org.l3distributor.controller.rest.internal.resource.CatalogueResource;
import org.l3distributor.controller.rest.internal.resource.DistributorResource;
import org.l3distributor.controller.rest.internal.resource.HealthMonitorResource;
import org.l3distributor.controller.rest.internal.resource.ListenerResource;
import org.l3distributor.controller.rest.internal.resource.LoadBalancerResource;
import org.l3distributor.controller.rest.internal.resource.MemberResource;
import org.l3distributor.controller.rest.internal.resource.NetworkResource;
import org.l3distributor.controller.rest.internal.resource.PoolResource;
import org.l3distributor.controller.rest.internal.resource.Ports;
import org.l3distributor.controller.rest.internal.resource.RootResource;
import org.l3distributor.controller.rest.internal.resource.SilentResource;

/** All resources and providers of the application. */
final class Singletons {
    private Singletons() {}

    static Set<Object> of(Ports ports, Callers callers) {
        Calls calls = new Calls(callers);
        return Set.of(
                new RootResource(),
                new LoadBalancerResource(ports, calls),
                new ListenerResource(ports, calls),
                new PoolResource(ports, calls),
                new MemberResource(ports, calls),
                new HealthMonitorResource(ports, calls),
                new AmphoraResource(ports, calls),
                new SilentResource(ports, calls),
                new DistributorResource(ports, calls),
                new BgpResource(ports, calls),
                new CatalogueResource(ports, calls),
                new NetworkResource(ports, calls),
                new ErrorMapper(),
                new PlainCalls());
    }
}
