// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.security.cert.X509Certificate;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.ext.Provider;

/** Refuses the guarded resources to clients that aren't on the list. */
@Provider
@Guarded
public final class ClientFilter implements ContainerRequestFilter {
    /** The request attribute in which a servlet container puts the client's chain (Servlet 4.0, 3.10). */
    private static final String CHAIN = "javax.servlet.request.X509Certificate";

    private final AllowedClients allowed;

    public ClientFilter(AllowedClients allowed) {
        this.allowed = allowed;
    }

    @Override
    public void filter(ContainerRequestContext call) {
        X509Certificate[] chain = call.getProperty(CHAIN) instanceof X509Certificate[] given ? given : null;
        if (!allowed.allows(chain)) {
            throw new Refused(new Fault(
                    403,
                    "forbidden",
                    "client certificate",
                    AllowedClients.shown(chain),
                    "is not on the list of subjects that may use /1.0/distributor"));
        }
    }
}
