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
import org.l3distributor.controller.rest.internal.wire.PoolBody;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.PoolChange;
import org.l3distributor.distributor.controller.PoolDraft;
import org.l3distributor.distributor.controller.PoolRules;

/** Pools. */
@Refusable
@Path(PoolResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "pools")
public final class PoolResource {
    static final String PATH = "/v2/lbaas/pools";
    private static final String ONE = "pool";

    private final Ports ports;
    private final Calls calls;

    public PoolResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    @GET
    @Paged
    @Operation(operationId = "listPools", summary = "All pools that the caller may see")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Pools.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListQuery query = Listing.query(caller, call, Attributes.POOLS.names());
            return Calls.value(ports.pools().get().list(query))
                    .thenApply(rows -> Listing.page(
                            "pools", rows, PoolBody::of, v -> v.pool().id(), query, call, request));
        });
    }

    @POST
    @Operation(operationId = "createPool", summary = "Make a pool")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.PoolCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePool.class)))
    public CompletionStage<Response> create(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            PoolDraft draft = Calls.value(PoolRules.create(Bodies.object(body)));
            return project(draft)
                    .thenCompose(project -> {
                        Policy.write(caller, project);
                        return Calls.value(ports.pools().get().create(draft));
                    })
                    .thenApply(made -> Listing.one(201, ONE, PoolBody.of(made), call));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showPool", summary = "One pool")
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePool.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(
                request,
                caller -> Calls.value(ports.pools().get().find(id)).thenApply(found -> {
                    Policy.read(caller, found.pool().header().projectId());
                    return Listing.one(200, ONE, PoolBody.of(found), call);
                }));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updatePool", summary = "Change a pool")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.PoolUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The change is durable, and PENDING_UPDATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePool.class)))
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            PoolChange change = Calls.value(PoolRules.change(Bodies.object(body)));
            return Calls.value(ports.pools().get().find(id))
                    .thenCompose(found -> {
                        Policy.write(caller, found.pool().header().projectId());
                        return Calls.value(ports.pools().get().change(id, change));
                    })
                    .thenApply(changed -> Listing.one(200, ONE, PoolBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deletePool", summary = "Delete a pool")
    @ApiResponse(responseCode = "204", description = "It is PENDING_DELETE, and gone by and by")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.pools().get().find(id))
                        .thenCompose(found -> {
                            Policy.write(caller, found.pool().header().projectId());
                            return Calls.value(ports.pools().get().delete(id));
                        })
                        .thenApply(deleted -> Answers.empty(204)));
    }

    /** That of what the pool is made for; the rules have seen to it that it is said. */
    private CompletionStage<String> project(PoolDraft draft) {
        return draft.loadBalancerId() != null
                ? Calls.value(ports.loadBalancers().get().find(draft.loadBalancerId()))
                        .thenApply(tree -> tree.loadBalancer().header().projectId())
                : Calls.value(ports.listeners().get().find(String.valueOf(draft.listenerId())))
                        .thenApply(listener -> listener.header().projectId());
    }
}
