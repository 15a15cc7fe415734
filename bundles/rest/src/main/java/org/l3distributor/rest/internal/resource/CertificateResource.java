// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
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
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;

/** Certificates, client authorities and certificate lists of a load balancer's HAProxy. */
@AgentRefusable
@Path("/1.0/loadbalancer/{loadbalancer_id}/certificates/{filename}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "load balancer")
public final class CertificateResource {
    /** What the controller names its files (a SHA-1 or a UUID, and ".pem"), and nothing that could lead out of a folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,250}[.]pem");

    private final Ports ports;

    public CertificateResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Operation(
            operationId = "uploadCertificate",
            summary = "Keep a PEM file or certificate list of a load balancer",
            description = "The next upload of a configuration is checked with it. The ETag is the MD5 of the body,"
                    + " without quotes.")
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> put(
            @PathParam("loadbalancer_id") String loadBalancer,
            @PathParam("filename") String name,
            @RequestBody(required = true, content = @Content(mediaType = "application/x-pem-file")) InputStream body) {
        LoadBalancerService service = ports.loadBalancers().agents();
        check(loadBalancer, name);
        return AgentAnswers.later(
                service.putCertificate(loadBalancer, name, Bodies.agents(body)),
                words(name),
                file -> AgentAnswers.tagged(AgentAnswers.ok(200), file.md5()));
    }

    @GET
    @Operation(operationId = "showCertificate", summary = "The MD5 of a kept file; never the file")
    @ApiResponse(
            responseCode = "200",
            description = "It is there",
            content = @Content(schema = @Schema(implementation = AgentBody.Digest.class)))
    public CompletionStage<Response> md5(
            @PathParam("loadbalancer_id") String loadBalancer, @PathParam("filename") String name) {
        LoadBalancerService service = ports.loadBalancers().agents();
        check(loadBalancer, name);
        return AgentAnswers.later(
                service.certificateMd5(loadBalancer, name),
                words(name),
                md5 -> AgentAnswers.tagged(Answers.ok(() -> new AgentBody.Digest(md5)), md5));
    }

    @DELETE
    @Operation(operationId = "deleteCertificate", summary = "Remove a kept file; done also when there is none")
    @ApiResponse(
            responseCode = "200",
            description = "It isn't there any more",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> delete(
            @PathParam("loadbalancer_id") String loadBalancer, @PathParam("filename") String name) {
        LoadBalancerService service = ports.loadBalancers().agents();
        check(loadBalancer, name);
        return AgentAnswers.later(
                service.deleteCertificate(loadBalancer, name), words(name), done -> AgentAnswers.ok(200));
    }

    private static void check(String loadBalancer, String name) {
        if (!NAME.matcher(name).matches()) {
            throw AgentRefused.with(400, new AgentBody.Said("Filename has wrong format", null));
        }
        if (!LoadBalancerResource.isId(loadBalancer)) {
            throw AgentRefused.with(
                    400,
                    new AgentBody.Said(
                            "Invalid request", "the load balancer's id must be 1..64 letters, digits, '-' and '_'"));
        }
    }

    private static Words words(String name) {
        return new Words()
                .on(Reply.Kind.INVALID, "Filename has wrong format", null)
                .on(Reply.Kind.NOT_FOUND, "Certificate Not Found", "No certificate with filename: " + name)
                .on(Reply.Kind.FAILED, "Error keeping the certificate", null);
    }
}
