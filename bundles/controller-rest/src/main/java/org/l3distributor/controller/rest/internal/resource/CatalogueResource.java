// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Refused;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;

/**
 * What the deployment offers. There is one provider, no availability zone, and a flavor for each distributor that can be had:
 * that is how users say who leads traffic to a load balancer.
 */
@Refusable
@Path("/v2/lbaas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "catalogue")
public final class CatalogueResource {
    private final Ports ports;
    private final Calls calls;

    public CatalogueResource(Ports ports, Calls calls) {
        this.ports = ports;
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
    @Operation(operationId = "listFlavors", summary = "The distributors that can be had")
    @ApiResponse(
            responseCode = "200",
            description = "By id; with name, those of the name",
            content = @Content(schema = @Schema(implementation = Envelopes.Flavors.class)))
    public CompletionStage<Response> flavors(
            @Parameter(description = "Those of this name") @QueryParam("name") @Nullable String name,
            @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> offered()
                        .thenApply(all -> Answers.json(
                                200,
                                new Envelopes.Flavors(
                                        all.stream()
                                                .filter(f -> name == null || name.equals(f.name()))
                                                .toList(),
                                        List.of()))));
    }

    @GET
    @Path("flavors/{id}")
    @Operation(operationId = "showFlavor", summary = "One distributor that can be had")
    @ApiResponse(
            responseCode = "200",
            description = "It can be had now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneFlavor.class)))
    public CompletionStage<Response> flavor(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> offered()
                        .thenApply(all -> all.stream()
                                .filter(f -> f.id().equals(id))
                                .findFirst()
                                .map(found -> Answers.json(200, new Envelopes.OneFlavor(found)))
                                .orElseThrow(() -> new Refused(Words.notFound("Flavor", id)))));
    }

    private CompletionStage<List<Envelopes.Flavor>> offered() {
        return Calls.value(ports.distributors().get().list(ListQuery.all(Integer.MAX_VALUE)))
                .thenApply(all -> all.stream()
                        .map(DistributorView::distributor)
                        .filter(d -> d.status() == ProvisioningStatus.ACTIVE)
                        .map(CatalogueResource::flavor)
                        .toList());
    }

    private static Envelopes.Flavor flavor(Distributor distributor) {
        String who = distributor.dedicated()
                ? "Announced by amphorae of their own, " + distributor.redundancy() + " for each next hop"
                : "Amphorae announce what they serve";
        return new Envelopes.Flavor(distributor.id(), distributor.name(), who, true);
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
