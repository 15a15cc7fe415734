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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Bodies;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Listing;
import org.l3distributor.controller.rest.internal.http.Policy;
import org.l3distributor.controller.rest.internal.http.Refused;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.LoadBalancerBody;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.controller.rest.internal.wire.StatisticsBody;
import org.l3distributor.controller.rest.internal.wire.StatusBody;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerChange;
import org.l3distributor.distributor.controller.LoadBalancerDraft;
import org.l3distributor.distributor.controller.LoadBalancerRules;

/** Load balancers. */
@Refusable
@Path(LoadBalancerResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "load balancers")
public final class LoadBalancerResource {
    static final String PATH = "/v2/lbaas/loadbalancers";
    private static final String ONE = "loadbalancer";
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

    private final Ports ports;
    private final Calls calls;

    public LoadBalancerResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    @GET
    @Paged
    @Operation(operationId = "listLoadBalancers", summary = "All load balancers that the caller may see")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.LoadBalancers.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListQuery query = Listing.query(caller, call, Attributes.LOAD_BALANCERS.names());
            return Calls.value(ports.loadBalancers().get().list(query))
                    .thenApply(rows -> Listing.page(
                            "loadbalancers",
                            rows,
                            LoadBalancerBody::of,
                            v -> v.loadBalancer().id(),
                            query,
                            call,
                            request));
        });
    }

    @POST
    @Operation(operationId = "createLoadBalancer", summary = "Make a load balancer")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Requests.LoadBalancerCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneLoadBalancer.class)))
    public CompletionStage<Response> create(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            LoadBalancerDraft draft = Calls.value(LoadBalancerRules.create(Bodies.object(body)));
            String project = draft.projectId() == null ? caller.projectId() : draft.projectId();
            if (project.isEmpty()) {
                throw new Refused(
                        400,
                        "Validation failure: Missing project ID in request where one is required. An administrator should"
                                + " check the keystone settings in the Octavia configuration.");
            }
            Policy.write(caller, project);
            return Calls.value(ports.loadBalancers().get().create(draft, project))
                    .thenApply(made -> Listing.one(201, ONE, LoadBalancerBody.of(made.view()), call));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showLoadBalancer", summary = "One load balancer")
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneLoadBalancer.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(
                request,
                caller -> Calls.value(ports.loadBalancers().get().find(id)).thenApply(found -> {
                    Policy.read(caller, found.loadBalancer().header().projectId());
                    return Listing.one(200, ONE, LoadBalancerBody.of(found.view()), call);
                }));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updateLoadBalancer", summary = "Change a load balancer")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Requests.LoadBalancerUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The change is durable, and PENDING_UPDATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneLoadBalancer.class)))
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            LoadBalancerChange change = Calls.value(LoadBalancerRules.change(Bodies.object(body)));
            return Calls.value(ports.loadBalancers().get().find(id))
                    .thenCompose(found -> {
                        Policy.write(caller, found.loadBalancer().header().projectId());
                        return Calls.value(ports.loadBalancers().get().change(id, change));
                    })
                    .thenApply(changed -> Listing.one(200, ONE, LoadBalancerBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteLoadBalancer", summary = "Delete a load balancer")
    @ApiResponse(
            responseCode = "204",
            description = "It is PENDING_DELETE, and gone when nothing is announced any more")
    public CompletionStage<Response> delete(
            @PathParam("id") String id,
            @Parameter(description = "With its listeners and pools; else it may have none")
                    @QueryParam("cascade")
                    @Nullable
                    String cascade,
            @Context HttpServletRequest request) {
        boolean all = cascade != null && TRUE.contains(cascade.toLowerCase(Locale.ROOT));
        return calls.as(
                request,
                caller -> Calls.value(ports.loadBalancers().get().find(id))
                        .thenCompose(found -> {
                            Policy.write(caller, found.loadBalancer().header().projectId());
                            return Calls.value(ports.loadBalancers().get().delete(id, all));
                        })
                        .thenApply(deleted -> Answers.empty(204)));
    }

    @GET
    @Path("{id}/{status:status|statuses}")
    @Operation(
            operationId = "showLoadBalancerStatus",
            summary = "The states of a load balancer and all that belongs to it")
    @ApiResponse(
            responseCode = "200",
            description = "The tree of states",
            content = @Content(schema = @Schema(implementation = Envelopes.Statuses.class)))
    public CompletionStage<Response> status(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.loadBalancers().get().find(id)).thenApply(found -> {
                    Policy.read(caller, found.loadBalancer().header().projectId());
                    return Answers.json(200, Map.of("statuses", StatusBody.of(found)));
                }));
    }

    @GET
    @Path("{id}/stats")
    @Operation(operationId = "showLoadBalancerStats", summary = "The traffic of a load balancer")
    @ApiResponse(
            responseCode = "200",
            description = "Counters over all its amphorae",
            content = @Content(schema = @Schema(implementation = Envelopes.Stats.class)))
    public CompletionStage<Response> stats(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.loadBalancers().get().find(id))
                        .thenCompose(found -> {
                            Policy.read(caller, found.loadBalancer().header().projectId());
                            return Calls.value(ports.loadBalancers().get().statistics(id));
                        })
                        .thenApply(stats -> Answers.json(200, Map.of("stats", StatisticsBody.of(stats)))));
    }

    @PUT
    @Path("{id}/failover")
    @Operation(
            operationId = "failoverLoadBalancer",
            summary = "Replace its amphorae, one after the other; for administrators")
    @ApiResponse(responseCode = "202", description = "It is PENDING_UPDATE")
    public CompletionStage<Response> failover(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            return Calls.value(ports.loadBalancers().get().failover(id)).thenApply(changed -> Answers.empty(202));
        });
    }
}
