// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Bodies;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Listing;
import org.l3distributor.controller.rest.internal.wire.AmphoraBody;
import org.l3distributor.controller.rest.internal.wire.DistributorBody;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.OperatorRequests;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.DistributorRules;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.ListQuery;

/** Distributors, for administrators. */
@Refusable
@Path("/v2/octavia/distributors")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "distributors")
public final class DistributorResource {
    private static final String ONE = "distributor";

    private final Ports ports;
    private final Calls calls;

    public DistributorResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    private DistributorAdminService distributors() {
        return ports.distributors().get();
    }

    @GET
    @Paged
    @Operation(operationId = "listDistributors", summary = "All distributors")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their ids unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Distributors.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            ListQuery query = Listing.query(call, Attributes.DISTRIBUTORS.names());
            return Calls.value(distributors().list(query))
                    .thenApply(rows -> Listing.page(
                            "distributors", rows, DistributorBody::of, DistributorView::id, query, call, request));
        });
    }

    @POST
    @Operation(operationId = "createDistributor", summary = "Make a distributor")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.DistributorCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE until its driver has it",
            content = @Content(schema = @Schema(implementation = Envelopes.OneDistributor.class)))
    public CompletionStage<Response> create(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            Distributor wanted = Calls.value(DistributorRules.create(Bodies.object(body)));
            return Calls.value(distributors().create(wanted))
                    .thenApply(made -> Listing.one(201, ONE, DistributorBody.of(made), call));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showDistributor", summary = "One distributor")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneDistributor.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(
                request,
                () -> Calls.value(distributors().find(id))
                        .thenApply(found -> Listing.one(200, ONE, DistributorBody.of(found), call)));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updateDistributor", summary = "Change a distributor")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.DistributorUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It is durable",
            content = @Content(schema = @Schema(implementation = Envelopes.OneDistributor.class)))
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            Map<?, ?> change = Bodies.object(body);
            return Calls.value(distributors().find(id))
                    .thenCompose(found -> {
                        Distributor old = found.distributor();
                        Distributor next = Calls.value(DistributorRules.change(change, old));
                        return Calls.value(distributors().change(old, next));
                    })
                    .thenApply(changed -> Listing.one(200, ONE, DistributorBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteDistributor", summary = "Delete a distributor that has neither VIPs nor amphorae")
    @ApiResponse(responseCode = "204", description = "It is PENDING_DELETE, and gone when its driver has let it go")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(distributors().delete(id)).thenApply(deleted -> Answers.empty(204)));
    }

    @GET
    @Path("{id}/status")
    @Operation(
            operationId = "showDistributorStatus",
            summary = "Its amphorae, VIPs and routes, as its driver finds them at this moment")
    @ApiResponse(
            responseCode = "200",
            description = "With all that isn't as it should be",
            content = @Content(schema = @Schema(implementation = Envelopes.OneDistributorStatus.class)))
    public CompletionStage<Response> status(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request,
                () -> Calls.value(distributors().status(id))
                        .thenApply(now -> Answers.json(200, Map.of("status", DistributorBody.Now.of(now)))));
    }

    @PUT
    @Path("{id}/repair")
    @Operation(operationId = "repairDistributor", summary = "Have its driver look at all its VIPs again, now")
    @ApiResponse(responseCode = "202", description = "It begins at once")
    public CompletionStage<Response> repair(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(distributors().repair(id)).thenApply(changed -> Answers.empty(202)));
    }

    @POST
    @Path("{id}/amphorae")
    @Operation(
            operationId = "addDistributorAmphora",
            summary = "Have an amphora built that announces for a distributor")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.AmphoraCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneAmphora.class)))
    public CompletionStage<Response> addAmphora(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(
                request,
                () -> Calls.value(distributors()
                                .addAmphora(id, Calls.value(DistributorRules.amphora(Bodies.object(body)))))
                        .thenApply(made -> Listing.one(201, "amphora", AmphoraBody.of(made), call)));
    }
}
