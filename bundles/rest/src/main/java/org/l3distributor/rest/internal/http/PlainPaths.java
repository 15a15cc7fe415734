// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.net.URI;
import java.util.regex.Pattern;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.UriBuilder;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.Provider;

/**
 * Takes several slashes for one, before a resource is looked for: the Octavia controller asks for the version by
 * {@code GET //}. Resources are guarded by their class, so that no spelling of a path leads around a guard.
 */
@Provider
@PreMatching
public final class PlainPaths implements ContainerRequestFilter {
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    @Override
    public void filter(ContainerRequestContext call) {
        UriInfo info = call.getUriInfo();
        String path = info.getRequestUri().getRawPath();
        if (path != null && path.contains("//")) {
            URI plain = UriBuilder.fromUri(info.getRequestUri())
                    .replacePath(SLASHES.matcher(path).replaceAll("/"))
                    .build();
            call.setRequestUri(plain);
        }
    }
}
