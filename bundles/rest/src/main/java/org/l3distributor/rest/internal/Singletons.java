// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.Set;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.http.AllowedClients;
import org.l3distributor.rest.internal.http.ClientFilter;
import org.l3distributor.rest.internal.http.ErrorMapper;
import org.l3distributor.rest.internal.http.JsonBodyWriter;
import org.l3distributor.rest.internal.http.MissingContentType;
import org.l3distributor.rest.internal.http.PlainPaths;
import org.l3distributor.rest.internal.resource.AmphoraResource;
import org.l3distributor.rest.internal.resource.BulkResource;
import org.l3distributor.rest.internal.resource.CertificateResource;
import org.l3distributor.rest.internal.resource.HeldResource;
import org.l3distributor.rest.internal.resource.InterfaceResource;
import org.l3distributor.rest.internal.resource.ListenerResource;
import org.l3distributor.rest.internal.resource.LoadBalancerResource;
import org.l3distributor.rest.internal.resource.OwnVipResource;
import org.l3distributor.rest.internal.resource.PeerResource;
import org.l3distributor.rest.internal.resource.PlugResource;
import org.l3distributor.rest.internal.resource.Ports;
import org.l3distributor.rest.internal.resource.ProfileResource;
import org.l3distributor.rest.internal.resource.RootResource;
import org.l3distributor.rest.internal.resource.ValidateResource;
import org.l3distributor.rest.internal.resource.ViewResource;
import org.l3distributor.rest.internal.resource.VipResource;
import org.l3distributor.rest.internal.resource.VrrpResource;

/** All resources and providers of the application. */
final class Singletons {
    private Singletons() {}

    static Set<Object> of(Ports ports, HostFacts host, AllowedClients allowed) {
        return Set.of(
                new RootResource(ports, host),
                new AmphoraResource(ports),
                new VipResource(ports),
                new BulkResource(ports),
                new PeerResource(ports),
                new ViewResource(ports),
                new ProfileResource(ports),
                new ValidateResource(ports),
                new OwnVipResource(ports),
                new HeldResource(ports),
                new LoadBalancerResource(ports),
                new CertificateResource(ports),
                new ListenerResource(ports),
                new PlugResource(ports),
                new InterfaceResource(ports),
                new VrrpResource(ports),
                new JsonBodyWriter(),
                new ErrorMapper(),
                new MissingContentType(),
                new PlainPaths(),
                new ClientFilter(allowed));
    }
}
