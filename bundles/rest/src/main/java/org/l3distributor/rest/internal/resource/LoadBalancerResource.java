// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.LoadBalancerService.Action;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;

/** HAProxy of a load balancer, as the Octavia controller drives it. */
@AgentRefusable
@Path("/1.0/loadbalancer")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class LoadBalancerResource {
    /** Ids are UUIDs; what else could be a file's name is taken as well, and nothing that could lead out of a folder. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final Ports ports;

    public LoadBalancerResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Path("{amphora_id}/{loadbalancer_id}/haproxy")
    @Operation(
            operationId = "uploadHaproxy",
            summary = "Check a load balancer's HAProxy configuration and keep it; a reload takes it up",
            description = "What HAProxy refuses leaves everything as it was; its own words are the details. The ETag is"
                    + " the MD5 of the body, without quotes.")
    @ApiResponse(
            responseCode = "202",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> upload(
            @PathParam("amphora_id") String amphora,
            @PathParam("loadbalancer_id") String loadBalancer,
            @RequestBody(required = true, content = @Content(mediaType = "text/plain")) InputStream body) {
        LoadBalancerService service = ports.loadBalancers().agents();
        if (!ID.matcher(loadBalancer).matches() || !ID.matcher(amphora).matches()) {
            throw AgentRefused.with(
                    400,
                    new AgentBody.Said(
                            "Invalid request",
                            "the ids of the amphora and of the load balancer must be 1..64 letters, digits, '-' and '_'"));
        }
        return AgentAnswers.later(
                service.upload(loadBalancer, amphora, Bodies.agents(body)),
                new Words().on(Reply.Kind.FAILED, "Error saving the configuration", null),
                file -> AgentAnswers.tagged(AgentAnswers.ok(202), file.md5()));
    }

    @GET
    @Path("{loadbalancer_id}/haproxy")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Operation(operationId = "showHaproxy", summary = "The HAProxy configuration that was last taken")
    @ApiResponse(responseCode = "200", description = "The file", content = @Content(mediaType = "text/plain"))
    public CompletionStage<Response> configuration(@PathParam("loadbalancer_id") String loadBalancer) {
        LoadBalancerService service = ports.loadBalancers().agents();
        known(loadBalancer);
        return AgentAnswers.later(
                service.configuration(loadBalancer),
                words(loadBalancer),
                file -> AgentAnswers.tagged(
                        Response.ok(file.content(), "text/plain; charset=UTF-8").build(), file.md5()));
    }

    @PUT
    @Path("{loadbalancer_id}/{action}")
    @Operation(
            operationId = "runHaproxy",
            summary = "Start, stop or reload a load balancer's HAProxy",
            description = "A VIP that is served no more is withdrawn before HAProxy changes, one that is served anew is"
                    + " announced as soon as it is. A reload of a HAProxy that isn't running starts it.")
    @ApiResponse(
            responseCode = "202",
            description = "Done",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> run(
            @PathParam("loadbalancer_id") String loadBalancer,
            @Parameter(description = "start, stop or reload, in any case") @PathParam("action") String given) {
        LoadBalancerService service = ports.loadBalancers().agents();
        Action action = ServiceAction.read(given);
        known(loadBalancer);
        String failure = "Error " + ServiceAction.doing(action) + " haproxy";
        return AgentAnswers.later(
                service.run(loadBalancer, action),
                words(loadBalancer).on(Reply.Kind.FAILED, failure, null),
                details -> AgentAnswers.ok(202, details));
    }

    /** An id that can't be one is that of no load balancer. */
    private static void known(String loadBalancer) {
        if (!ID.matcher(loadBalancer).matches()) {
            throw AgentRefused.with(404, new AgentBody.Said("Loadbalancer Not Found", noSuch(loadBalancer)));
        }
    }

    private static Words words(String loadBalancer) {
        return new Words().on(Reply.Kind.NOT_FOUND, "Loadbalancer Not Found", noSuch(loadBalancer));
    }

    private static String noSuch(String loadBalancer) {
        return "No loadbalancer with UUID: " + loadBalancer;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
