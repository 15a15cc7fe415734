// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "L3 Distributor: extended amphora API",
                        version = "1.0",
                        description = "Tells an appliance which anycast VIPs to announce over BGP, and shows what it"
                                + " announces. Mutual TLS; JSON in UTF-8. Input is strict: unknown and duplicate fields are"
                                + " refused and nothing is converted. A call is done as a whole or not at all. Unregistering what"
                                + " isn't registered is a 404 with the code registration_not_found, which a driver takes"
                                + " for success. Bodies are limited to 4 MiB.",
                        license = @License(name = "Apache-2.0")),
        tags = {
            @Tag(name = "registrations", description = "What is to be announced"),
            @Tag(name = "looking glass", description = "What is announced, to whom, and since when"),
            @Tag(name = "profile", description = "The BGP profile and its change at run time"),
            @Tag(name = "load balancer", description = "Octavia's amphora API: an unmodified controller drives it"),
            @Tag(name = "appliance", description = "The amphora API's own calls, probes and metrics")
        })
public final class OpenApi {
    static final Set<String> PAGING = Set.of("limit", "marker");

    private OpenApi() {}
}
