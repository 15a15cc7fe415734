// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.ext.Provider;

/** Takes a body without a Content-Type for JSON, as Octavia does. */
@Provider
@PreMatching
public final class PlainCalls implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext call) {
        String type = call.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null || type.isBlank()) {
            call.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
