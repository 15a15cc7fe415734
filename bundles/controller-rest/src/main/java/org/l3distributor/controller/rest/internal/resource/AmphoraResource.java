// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Listing;
import org.l3distributor.controller.rest.internal.wire.AmphoraBody;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;

/** Amphorae, for administrators. */
@Refusable
@Path("/v2/octavia/amphorae")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "amphorae")
public final class AmphoraResource {
    private final Ports ports;
    private final Calls calls;

    public AmphoraResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    private AmphoraService amphorae() {
        return ports.amphorae().get();
    }

    @GET
    @Paged
    @Operation(operationId = "listAmphorae", summary = "All amphorae")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Amphorae.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            ListQuery query = Listing.query(call, Attributes.AMPHORAE.names());
            return Calls.value(amphorae().list(query))
                    .thenApply(rows ->
                            Listing.page("amphorae", rows, AmphoraBody::of, AmphoraView::id, query, call, request));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showAmphora", summary = "One amphora")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneAmphora.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(
                request,
                () -> Calls.value(amphorae().find(id))
                        .thenApply(found -> Listing.one(200, "amphora", AmphoraBody.of(found), call)));
    }

    @GET
    @Path("{id}/stats")
    @Operation(operationId = "showAmphoraStats", summary = "What each listener moved through an amphora")
    @ApiResponse(
            responseCode = "200",
            description = "Counters since both are there",
            content = @Content(schema = @Schema(implementation = Envelopes.AmphoraStats.class)))
    public CompletionStage<Response> stats(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request,
                () -> Calls.value(amphorae().find(id))
                        .thenCompose(found -> Calls.value(amphorae().statistics(id))
                                .thenApply(rows -> Answers.json(
                                        200,
                                        Map.of(
                                                "amphora_stats",
                                                rows.stream()
                                                        .map(row -> AmphoraBody.Traffic.of(
                                                                row,
                                                                found.amphora().loadBalancerId()))
                                                        .toList())))));
    }

    @PUT
    @Path("{id}/failover")
    @Operation(operationId = "failoverAmphora", summary = "Replace an amphora: its routes are withdrawn first")
    @ApiResponse(responseCode = "202", description = "It is durable, and begins at once")
    public CompletionStage<Response> failover(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(amphorae().failover(id)).thenApply(changed -> Answers.empty(202)));
    }

    @PUT
    @Path("{id}/config")
    @Operation(
            operationId = "configureAmphora",
            summary = "Push the agent's configuration, with the BGP peer profile, to an amphora again")
    @ApiResponse(responseCode = "202", description = "It is durable, and begins at once")
    public CompletionStage<Response> configure(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(amphorae().configure(id)).thenApply(changed -> Answers.empty(202)));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteAmphora", summary = "Delete an amphora that serves nobody any more")
    @ApiResponse(responseCode = "204", description = "It is durable, and begins at once")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(amphorae().delete(id)).thenApply(deleted -> Answers.empty(204)));
    }
}
