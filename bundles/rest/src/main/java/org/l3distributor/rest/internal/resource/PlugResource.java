// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.DELETE;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.PlugService.VipPlug;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;
import org.l3distributor.rest.internal.wire.PlugRequest;

/** Interfaces and VIPs of the load balancer's namespace. */
@AgentRefusable
@Path("/1.0/plug")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class PlugResource {
    private static final String NO_INTERFACE = "No suitable network interface found";

    private final Ports ports;

    public PlugResource(Ports ports) {
        this.ports = ports;
    }

    @POST
    @Path("vip/{vip}")
    @Operation(
            operationId = "plugVip",
            summary = "Make an interface the front end, and put VIPs on lo",
            description =
                    "The interface is found by its MAC address, moved into the namespace amphora-haproxy and named"
                            + " eth1. It is durable before it is answered.")
    @ApiResponse(
            responseCode = "202",
            description = "Plugged",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such interface (yet): the controller tries again",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The same plug stands already, which the controller takes for success",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> plugVip(
            @PathParam("vip") String vip,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PlugRequest.Vip.class)))
                    InputStream body) {
        PlugService service = ports.plugs().agents();
        VipPlug plug = PlugReader.vip(vip, Bodies.agents(body));
        return AgentAnswers.later(
                service.plugVip(plug).thenApply(PlugResource::retried),
                new Words()
                        .on(Reply.Kind.CONFLICT, "Interface already exists", null)
                        .on(Reply.Kind.FAILED, "Error plugging VIP", null),
                name -> AgentAnswers.ok(202, "VIPs plugged on interface " + name + ": " + vips(plug)));
    }

    @DELETE
    @Path("vip/{vip}")
    @Operation(
            operationId = "unplugVip",
            summary = "Withdraw a VIP and take it off lo; done also when it isn't plugged",
            description = "No part of Octavia's agent: for whoever moves a VIP away. The interface stays.")
    @ApiResponse(
            responseCode = "200",
            description = "It isn't plugged any more",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "409",
            description = "A load balancer's configuration binds it",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> unplugVip(@PathParam("vip") String vip) {
        PlugService service = ports.plugs().agents();
        return AgentAnswers.later(
                service.unplugVip(PlugReader.address("VIP", vip)),
                new Words()
                        .on(Reply.Kind.CONFLICT, "VIP in use", null)
                        .on(Reply.Kind.FAILED, "Error unplugging VIP", null),
                done -> AgentAnswers.ok(200));
    }

    @POST
    @Path("network")
    @Operation(
            operationId = "plugNetwork",
            summary = "Move an interface of a back-end network into the namespace, or update one that is there",
            description = "The first is named eth2. An interface that is the front end already stays it.")
    @ApiResponse(
            responseCode = "202",
            description = "Plugged, or updated",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such interface (yet): the controller tries again",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> plugNetwork(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PlugRequest.Network.class)))
                    InputStream body) {
        PlugService service = ports.plugs().agents();
        return AgentAnswers.later(
                service.plugNetwork(PlugReader.network(Bodies.agents(body))).thenApply(PlugResource::retried),
                new Words().on(Reply.Kind.FAILED, "Error plugging network", null),
                plugged -> AgentAnswers.ok(
                        202,
                        (plugged.updated() ? "Updated existing interface " : "Plugged on interface ")
                                + plugged.name()));
    }

    /** The controller tries again exactly when the details hold these words. */
    private static <T> Reply<T> retried(Reply<T> reply) {
        if (reply instanceof Reply.Refused<T> refused && refused.kind() == Reply.Kind.NOT_FOUND) {
            String details = refused.details();
            boolean said = details != null && details.contains(NO_INTERFACE);
            return Reply.refused(
                    Reply.Kind.NOT_FOUND,
                    refused.message(),
                    said ? details : details == null ? NO_INTERFACE : NO_INTERFACE + ": " + details);
        }
        return reply;
    }

    private static String vips(VipPlug plug) {
        return Stream.concat(Stream.of(plug.vip()), plug.additional().stream().map(PlugService.AdditionalVip::vip))
                .map(PlugResource::exploded)
                .collect(Collectors.joining(", "));
    }

    /** All digits of an IPv6 address, as Octavia's agent shows it. */
    static String exploded(IpAddress address) {
        if (address.family() == AddressFamily.IPV4) {
            return address.toString();
        }
        String digits = HexFormat.of().formatHex(address.toBytes());
        return Stream.iterate(0, i -> i < 32, i -> i + 4)
                .map(i -> digits.substring(i, i + 4))
                .collect(Collectors.joining(":"));
    }
}
