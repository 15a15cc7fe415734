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
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Bodies;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Policy;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.NetworkBodies;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.distributor.controller.NetworkRules;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Subnet;

/** Networks, subnets and ports, for OpenStack's client, which looks names up at this endpoint when it is told no other. */
@Refusable
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "networks")
public final class NetworkResource {
    private final Ports ports;
    private final Calls calls;

    public NetworkResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    /** Here, since JAX-RS looks for a path in one class only, and this is the one at /v2. */
    @GET
    @Operation(operationId = "showVersion", summary = "Version 2 of this API", tags = "discovery")
    @ApiResponse(responseCode = "200", description = "With its URL")
    public Response version(@Context HttpServletRequest request) {
        return RootResource.version(request);
    }

    @GET
    @Path("networks")
    @Operation(operationId = "listNetworks", summary = "Networks, by id or name")
    @ApiResponse(
            responseCode = "200",
            description = "Those that match",
            content = @Content(schema = @Schema(implementation = Envelopes.Networks.class)))
    public CompletionStage<Response> networks(
            @QueryParam("id") @Nullable String id,
            @QueryParam("name") @Nullable String name,
            @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            NetworkDriver driver = ports.networks().get();
            return Calls.value(driver.subnets(NetworkQuery.ALL))
                    .thenCompose(subnets -> Calls.value(driver.networks(new NetworkQuery(id, name, null)))
                            .thenApply(found -> Answers.json(
                                    200,
                                    new Envelopes.Networks(found.stream()
                                            .map(n -> NetworkBodies.NetworkBody.of(n, subnets))
                                            .toList()))));
        });
    }

    @GET
    @Path("subnets")
    @Operation(operationId = "listSubnets", summary = "Subnets, by id, name or network")
    @ApiResponse(
            responseCode = "200",
            description = "Those that match",
            content = @Content(schema = @Schema(implementation = Envelopes.Subnets.class)))
    public CompletionStage<Response> subnets(
            @QueryParam("id") @Nullable String id,
            @QueryParam("name") @Nullable String name,
            @QueryParam("network_id") @Nullable String network,
            @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> Calls.value(ports.networks().get().subnets(new NetworkQuery(id, name, network)))
                        .thenApply(found -> Answers.json(
                                200,
                                new Envelopes.Subnets(found.stream()
                                        .map(NetworkBodies.SubnetBody::of)
                                        .toList()))));
    }

    @GET
    @Path("ports")
    @Operation(operationId = "listPorts", summary = "Ports, by id, name or network; for administrators")
    @ApiResponse(
            responseCode = "200",
            description = "Those that match",
            content = @Content(schema = @Schema(implementation = Envelopes.Ports.class)))
    public CompletionStage<Response> ports(
            @QueryParam("id") @Nullable String id,
            @QueryParam("name") @Nullable String name,
            @QueryParam("network_id") @Nullable String network,
            @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            return Calls.value(ports.networks().get().ports(new NetworkQuery(id, name, network)))
                    .thenApply(found -> Answers.json(
                            200,
                            new Envelopes.Ports(found.stream()
                                    .map(NetworkBodies.PortBody::of)
                                    .toList())));
        });
    }

    @POST
    @Path("networks")
    @Operation(
            operationId = "createNetwork",
            summary = "Make a network, where the controller keeps them; for administrators")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.NetworkCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is there",
            content = @Content(schema = @Schema(implementation = Envelopes.OneNetwork.class)))
    public CompletionStage<Response> createNetwork(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            Network network = Calls.value(NetworkRules.network(Bodies.object(body)));
            return Calls.value(ports.networkAdmin().get().create(network))
                    .thenApply(made ->
                            Answers.json(201, new Envelopes.OneNetwork(NetworkBodies.NetworkBody.of(made, List.of()))));
        });
    }

    @POST
    @Path("subnets")
    @Operation(
            operationId = "createSubnet",
            summary = "Make a subnet, where the controller keeps them; for administrators")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.SubnetCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is there",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSubnet.class)))
    public CompletionStage<Response> createSubnet(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            Subnet subnet = Calls.value(NetworkRules.subnet(Bodies.object(body)));
            return Calls.value(ports.networkAdmin().get().create(subnet))
                    .thenApply(made -> Answers.json(201, new Envelopes.OneSubnet(NetworkBodies.SubnetBody.of(made))));
        });
    }

    @DELETE
    @Path("networks/{id}")
    @Operation(operationId = "deleteNetwork", summary = "Delete a network that nothing belongs to; for administrators")
    @ApiResponse(responseCode = "204", description = "It is gone")
    public CompletionStage<Response> deleteNetwork(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            return Calls.value(ports.networkAdmin().get().deleteNetwork(id)).thenApply(gone -> Answers.empty(204));
        });
    }

    @DELETE
    @Path("subnets/{id}")
    @Operation(operationId = "deleteSubnet", summary = "Delete a subnet that no port lies in; for administrators")
    @ApiResponse(responseCode = "204", description = "It is gone")
    public CompletionStage<Response> deleteSubnet(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(request, caller -> {
            Policy.admin(caller);
            return Calls.value(ports.networkAdmin().get().deleteSubnet(id)).thenApply(gone -> Answers.empty(204));
        });
    }
}
