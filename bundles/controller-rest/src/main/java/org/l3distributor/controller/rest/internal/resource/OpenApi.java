// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "L3 Distributor: controller API",
                        version = "2.0",
                        description =
                                "Octavia's load balancer API, version 2, for load balancers that are active on all their"
                                        + " amphorae. Everything is answered below /v2 and /v2.0 alike. A change is done when it is"
                                        + " durable; what is changed is PENDING_* until the amphorae have it, and can't be changed again"
                                        + " until then (409). Lists take limit, marker, sort, fields, and every attribute as a filter."
                                        + " Errors are faults in Octavia's words. Unknown and duplicate fields are refused.",
                        license = @License(name = "Apache-2.0")),
        tags = {
            @Tag(name = "load balancers"),
            @Tag(name = "listeners"),
            @Tag(name = "pools"),
            @Tag(name = "members"),
            @Tag(name = "health monitors"),
            @Tag(name = "amphorae", description = "For administrators"),
            @Tag(name = "distributors", description = "For administrators: what leads a VIP's traffic to its amphorae"),
            @Tag(
                    name = "bgp",
                    description =
                            "For administrators: the BGP peer profile of amphorae. Passwords are the controller's configuration:"
                                    + " never taken here, and never shown"),
            @Tag(name = "catalogue", description = "What the deployment offers"),
            @Tag(
                    name = "networks",
                    description = "Look-ups of OpenStack's client, and networks that the controller keeps itself"),
            @Tag(name = "discovery")
        })
public final class OpenApi {
    static final String FIELDS = "Only these fields; may be repeated";

    private OpenApi() {}
}
