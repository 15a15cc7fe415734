// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
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
import org.l3distributor.controller.rest.internal.http.Policy;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.ListenerBody;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.controller.rest.internal.wire.StatisticsBody;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerChange;
import org.l3distributor.distributor.controller.ListenerDraft;
import org.l3distributor.distributor.controller.ListenerRules;

/** Listeners. */
@Refusable
@Path(ListenerResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "listeners")
public final class ListenerResource {
    static final String PATH = "/v2/lbaas/listeners";
    private static final String ONE = "listener";

    private final Ports ports;
    private final Calls calls;

    public ListenerResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    @GET
    @Paged
    @Operation(operationId = "listListeners", summary = "All listeners that the caller may see")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Listeners.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListQuery query = Listing.query(caller, call, Attributes.LISTENERS.names());
            return Calls.value(ports.listeners().get().list(query))
                    .thenApply(rows ->
                            Listing.page("listeners", rows, ListenerBody::of, Listener::id, query, call, request));
        });
    }

    @POST
    @Operation(operationId = "createListener", summary = "Make a listener")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.ListenerCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneListener.class)))
    public CompletionStage<Response> create(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListenerDraft draft = Calls.value(ListenerRules.create(Bodies.object(body)));
            return Calls.value(ports.loadBalancers().get().find(draft.loadBalancerId()))
                    .thenCompose(tree -> {
                        Policy.write(caller, tree.loadBalancer().header().projectId());
                        return Calls.value(ports.listeners().get().create(draft));
                    })
                    .thenApply(made -> Listing.one(201, ONE, ListenerBody.of(made), call));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showListener", summary = "One listener")
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneListener.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(
                request,
                caller -> Calls.value(ports.listeners().get().find(id)).thenApply(found -> {
                    Policy.read(caller, found.header().projectId());
                    return Listing.one(200, ONE, ListenerBody.of(found), call);
                }));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updateListener", summary = "Change a listener")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.ListenerUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The change is durable, and PENDING_UPDATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneListener.class)))
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListenerChange change = Calls.value(ListenerRules.change(Bodies.object(body)));
            return Calls.value(ports.listeners().get().find(id))
                    .thenCompose(found -> {
                        Policy.write(caller, found.header().projectId());
                        return Calls.value(ports.listeners().get().change(id, change));
                    })
                    .thenApply(changed -> Listing.one(200, ONE, ListenerBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteListener", summary = "Delete a listener")
    @ApiResponse(responseCode = "204", description = "It is PENDING_DELETE, and gone by and by")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.listeners().get().find(id))
                        .thenCompose(found -> {
                            Policy.write(caller, found.header().projectId());
                            return Calls.value(ports.listeners().get().delete(id));
                        })
                        .thenApply(deleted -> Answers.empty(204)));
    }

    @GET
    @Path("{id}/stats")
    @Operation(operationId = "showListenerStats", summary = "The traffic of a listener")
    @ApiResponse(
            responseCode = "200",
            description = "Counters over all amphorae",
            content = @Content(schema = @Schema(implementation = Envelopes.Stats.class)))
    public CompletionStage<Response> stats(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.listeners().get().find(id))
                        .thenCompose(found -> {
                            Policy.read(caller, found.header().projectId());
                            return Calls.value(ports.listeners().get().statistics(id));
                        })
                        .thenApply(stats -> Answers.json(200, Map.of("stats", StatisticsBody.of(stats)))));
    }
}
