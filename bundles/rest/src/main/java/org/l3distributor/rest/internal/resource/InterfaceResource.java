// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.IpAddress;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;
import org.l3distributor.rest.internal.wire.PlugRequest;

/** The interfaces in the load balancer's namespace, found by their addresses. */
@AgentRefusable
@Path("/1.0/interface/{ip_addr}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class InterfaceResource {
    private static final String NO_RULES = "taken, and none is applied: this appliance filters nothing by itself";

    private final Ports ports;

    public InterfaceResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(operationId = "showInterface", summary = "The interface that has an address")
    @ApiResponse(
            responseCode = "200",
            description = "Its name",
            content = @Content(schema = @Schema(implementation = AgentBody.Interface.class)))
    public CompletionStage<Response> show(@PathParam("ip_addr") String address) {
        PlugService service = ports.plugs().agents();
        return AgentAnswers.later(
                service.interfaceOf(address(address)),
                words(),
                name -> Answers.ok(() -> new AgentBody.Interface("OK", name)));
    }

    @PUT
    @Path("rules")
    @Operation(
            operationId = "setInterfaceRules",
            summary = "Check what may come in by an interface (SR-IOV ports only); nothing is applied")
    @ApiResponse(
            responseCode = "200",
            description = "They are well-formed",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> rules(
            @PathParam("ip_addr") String address,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            array =
                                                    @ArraySchema(
                                                            schema = @Schema(implementation = PlugRequest.Rule.class))))
                    InputStream body) {
        PlugService service = ports.plugs().agents();
        byte[] rules = Bodies.agents(body);
        CompletionStage<Reply<String>> found = service.interfaceOf(address(address));
        return AgentAnswers.later(
                found.thenApply(reply -> {
                    if (reply instanceof Reply.Done<String>) {
                        PlugReader.rules(rules);
                    }
                    return reply;
                }),
                words(),
                name -> AgentAnswers.ok(200, NO_RULES));
    }

    private static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw AgentRefused.with(400, new AgentBody.Said("Invalid IP address", null));
        }
    }

    private static Words words() {
        return new Words().on(Reply.Kind.NOT_FOUND, "Error interface not found for IP address", null);
    }
}
