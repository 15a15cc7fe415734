// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;

/** Listeners: their list, the end of a load balancer, and the UDP kind, which isn't served here. */
@AgentRefusable
@Path("/1.0/listeners")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class ListenerResource {
    private final Ports ports;

    public ListenerResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(operationId = "listListeners", summary = "The listeners of all configurations last taken")
    @ApiResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = AgentBody.Listener.class))))
    public Response list() {
        LoadBalancerService service = ports.loadBalancers().agents();
        return Answers.ok(() -> service.listeners().stream()
                .map(l -> new AgentBody.Listener(l.status(), l.type(), l.id()))
                .toList());
    }

    @DELETE
    @Path("{loadbalancer_id}")
    @Operation(
            operationId = "deleteLoadBalancer",
            summary = "Withdraw a load balancer's VIPs, stop its HAProxy, forget its files",
            description = "Done also when there is none: the controller may ask twice.")
    @ApiResponse(
            responseCode = "200",
            description = "It isn't there any more",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> delete(
            @Parameter(description = "The load balancer's id, in spite of the path") @PathParam("loadbalancer_id")
                    String loadBalancer) {
        LoadBalancerService service = ports.loadBalancers().agents();
        if (!LoadBalancerResource.isId(loadBalancer)) {
            return CompletableFuture.completedStage(AgentAnswers.ok(200));
        }
        return AgentAnswers.later(
                service.delete(loadBalancer),
                new Words().on(Reply.Kind.FAILED, "Error stopping haproxy", null),
                done -> AgentAnswers.ok(200));
    }

    @PUT
    @Path("{amphora_id}/{listener_id}/udp_listener")
    @Operation(operationId = "uploadUdpListener", summary = "Refused: there are no UDP and SCTP listeners here")
    @ApiResponse(
            responseCode = "400",
            description = "Always; the controller then sets the listener to ERROR and leaves the load balancer alone",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public Response uploadUdp() {
        ports.loadBalancers().agents();
        throw AgentRefused.with(
                400,
                new AgentBody.Said(
                        "UDP and SCTP listeners aren't supported",
                        "this amphora announces its VIPs by BGP and balances TCP and HTTP only; nothing was changed"));
    }

    @GET
    @Path("{listener_id}/udp_listener")
    @Operation(operationId = "showUdpListener", summary = "Not found: there are no UDP and SCTP listeners here")
    @ApiResponse(
            responseCode = "404",
            description = "Always",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public Response showUdp(@PathParam("listener_id") String listener) {
        ports.loadBalancers().agents();
        throw AgentRefused.with(
                404, new AgentBody.Said("UDP Listener Not Found", "No UDP listener with UUID: " + listener));
    }
}
