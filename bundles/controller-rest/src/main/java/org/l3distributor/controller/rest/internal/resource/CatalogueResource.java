// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.distributor.controller.Words;

/** What the deployment offers. There is one provider, and neither flavors nor availability zones. */
@Refusable
@Path("/v2/lbaas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class CatalogueResource {
    private final Calls calls;

    public CatalogueResource(Calls calls) {
        this.calls = calls;
    }

    @GET
    @Path("providers")
    @Operation(operationId = "listProviders", summary = "The one provider")
    @ApiResponse(
            responseCode = "200",
            description = "A list of one",
            content = @Content(schema = @Schema(implementation = Envelopes.Providers.class)))
    public CompletionStage<Response> providers(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.now(
                request,
                caller -> Answers.json(
                        200,
                        new Envelopes.Providers(List.of(new Envelopes.Provider(
                                Words.PROVIDER, "Amphorae that are all active, announced by BGP")))));
    }

    @GET
    @Path("flavors")
    @Operation(operationId = "listFlavors", summary = "An empty list")
    @ApiResponse(responseCode = "200", description = "None")
    public CompletionStage<Response> flavors(@Context HttpServletRequest request) {
        return empty(request, "flavors");
    }

    @GET
    @Path("availabilityzones")
    @Operation(operationId = "listAvailabilityZones", summary = "An empty list")
    @ApiResponse(responseCode = "200", description = "None")
    public CompletionStage<Response> availabilityZones(@Context HttpServletRequest request) {
        return empty(request, "availability_zones");
    }

    @GET
    @Path("l7policies")
    @Operation(operationId = "listL7Policies", summary = "An empty list")
    @ApiResponse(responseCode = "200", description = "None")
    public CompletionStage<Response> l7Policies(@Context HttpServletRequest request) {
        return empty(request, "l7policies");
    }

    private CompletionStage<Response> empty(HttpServletRequest request, String name) {
        return calls.now(request, caller -> Answers.json(200, Map.of(name, List.of(), name + "_links", List.of())));
    }
}
