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
import org.l3distributor.controller.rest.internal.wire.HealthMonitorBody;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HealthMonitorChange;
import org.l3distributor.distributor.controller.HealthMonitorDraft;
import org.l3distributor.distributor.controller.HealthMonitorRules;
import org.l3distributor.distributor.controller.ListQuery;

/** Health monitors. */
@Refusable
@Path(HealthMonitorResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "health monitors")
public final class HealthMonitorResource {
    static final String PATH = "/v2/lbaas/healthmonitors";
    private static final String ONE = "healthmonitor";

    private final Ports ports;
    private final Calls calls;

    public HealthMonitorResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    @GET
    @Paged
    @Operation(operationId = "listHealthMonitors", summary = "All health monitors that the caller may see")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.HealthMonitors.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListQuery query = Listing.query(caller, call, Attributes.HEALTH_MONITORS.names());
            return Calls.value(ports.healthMonitors().get().list(query))
                    .thenApply(rows -> Listing.page(
                            "healthmonitors", rows, HealthMonitorBody::of, HealthMonitor::id, query, call, request));
        });
    }

    @POST
    @Operation(operationId = "createHealthMonitor", summary = "Make a health monitor")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Requests.HealthMonitorCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneHealthMonitor.class)))
    public CompletionStage<Response> create(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            HealthMonitorDraft draft = Calls.value(HealthMonitorRules.create(Bodies.object(body)));
            return Calls.value(ports.pools().get().find(draft.poolId()))
                    .thenCompose(view -> {
                        Policy.write(caller, view.pool().header().projectId());
                        return Calls.value(ports.healthMonitors().get().create(draft));
                    })
                    .thenApply(made -> Listing.one(201, ONE, HealthMonitorBody.of(made), call));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showHealthMonitor", summary = "One health monitor")
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneHealthMonitor.class)))
    public CompletionStage<Response> show(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(
                request,
                caller -> Calls.value(ports.healthMonitors().get().find(id)).thenApply(found -> {
                    Policy.read(caller, found.header().projectId());
                    return Listing.one(200, ONE, HealthMonitorBody.of(found), call);
                }));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updateHealthMonitor", summary = "Change a health monitor")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Requests.HealthMonitorUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The change is durable, and PENDING_UPDATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneHealthMonitor.class)))
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            HealthMonitorChange change = Calls.value(HealthMonitorRules.change(Bodies.object(body)));
            return Calls.value(ports.healthMonitors().get().find(id))
                    .thenCompose(found -> {
                        Policy.write(caller, found.header().projectId());
                        return Calls.value(ports.healthMonitors().get().change(id, change));
                    })
                    .thenApply(changed -> Listing.one(200, ONE, HealthMonitorBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteHealthMonitor", summary = "Delete a health monitor")
    @ApiResponse(responseCode = "204", description = "It is PENDING_DELETE, and gone by and by")
    public CompletionStage<Response> delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.healthMonitors().get().find(id))
                        .thenCompose(found -> {
                            Policy.write(caller, found.header().projectId());
                            return Calls.value(ports.healthMonitors().get().delete(id));
                        })
                        .thenApply(deleted -> Answers.empty(204)));
    }
}
