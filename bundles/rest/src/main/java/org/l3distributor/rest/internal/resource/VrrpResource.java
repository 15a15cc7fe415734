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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.amphora.AgentSettings.ActiveStandby;
import org.l3distributor.distributor.amphora.LoadBalancerService.Action;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.AgentRefused;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.wire.AgentBody;

/**
 * The calls by which the controller sets up keepalived for a load balancer of the topology ACTIVE_STANDBY. There is no
 * keepalived here: both amphorae announce the VIP and the routers spread over both, which protects more than a standby
 * does. So the calls are taken, unless the agent's settings say otherwise; nothing is kept of them.
 */
@AgentRefusable
@Path("/1.0/vrrp")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class VrrpResource {
    private static final String NOT_NEEDED =
            "no keepalived needed here: each amphora announces the VIP by BGP, and all of them are active";

    private final Ports ports;

    public VrrpResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Path("upload")
    @Operation(
            operationId = "uploadKeepalived",
            summary = "Taken and not kept: a load balancer of ACTIVE_STANDBY is active on both its amphorae here",
            description = "With active_standby = refuse in [l3_distributor] of the agent's file it is refused.")
    @ApiResponse(
            responseCode = "200",
            description = "No keepalived is needed; the ETag is the MD5 of the body, without quotes",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public Response upload(
            @RequestBody(required = true, content = @Content(mediaType = "text/plain")) InputStream body) {
        allowed();
        return AgentAnswers.tagged(AgentAnswers.ok(200, NOT_NEEDED), md5(Bodies.agents(body)));
    }

    @PUT
    @Path("{action}")
    @Operation(operationId = "runKeepalived", summary = "Taken, and nothing is run: see the upload")
    @ApiResponse(
            responseCode = "202",
            description = "No keepalived is needed",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public Response run(
            @Parameter(description = "start, stop or reload, in any case") @PathParam("action") String given) {
        ports.loadBalancers().agents();
        Action action = ServiceAction.read(given);
        allowed();
        return AgentAnswers.ok(202, "keepalived " + ServiceAction.done(action) + ": " + NOT_NEEDED);
    }

    private void allowed() {
        ports.loadBalancers().agents();
        if (ports.agentFiles().agents().settings().activeStandby() == ActiveStandby.REFUSE) {
            throw AgentRefused.with(
                    409,
                    new AgentBody.Said(
                            "Keepalived isn't available",
                            "this amphora runs no keepalived, and active_standby = refuse in [l3_distributor] of its"
                                    + " configuration forbids to do without: use the topology SINGLE"));
        }
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
