// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.rest.internal.host.Exposition;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.host.ProcessMetrics;
import org.l3distributor.rest.internal.http.AgentAnswers;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Words;
import org.l3distributor.rest.internal.wire.AgentBody;
import org.l3distributor.rest.internal.wire.ApplianceBody;

/** The amphora API's own calls as far as this role has them, the metrics and the API's description. */
@Path("/")
@Tag(name = "appliance")
public final class RootResource {
    private static final String DOCUMENT = "/openapi/openapi.json";

    private final Ports ports;
    private final HostFacts host;
    private final ProcessMetrics process = new ProcessMetrics();
    private final byte[] openApi = document();

    public RootResource(Ports ports, HostFacts host) {
        this.ports = ports;
        this.host = host;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "discover", summary = "The version of the amphora API")
    @ApiResponse(
            responseCode = "200",
            description = "The version",
            content = @Content(schema = @Schema(implementation = ApplianceBody.Discovery.class)))
    public Response discover() {
        return Answers.ok(() -> new ApplianceBody.Discovery("1.0"));
    }

    @GET
    @Path("1.0/info")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "info",
            summary = "Name and versions; null for what this role doesn't have, 500 without HAProxy where it must be")
    @ApiResponse(
            responseCode = "200",
            description = "Name and versions",
            content = @Content(schema = @Schema(implementation = ApplianceBody.Info.class)))
    public CompletionStage<Response> info() {
        LoadBalancerService balancer = ports.loadBalancers().find().orElse(null);
        if (balancer == null) {
            return CompletableFuture.completedFuture(Answers.ok(() -> host.info(null)));
        }
        Words words = new Words()
                .on(Reply.Kind.FAILED, "Error reading haproxy's version", "haproxy isn't installed, or can't be run");
        // A controller that waits for an amphora takes any 5xx for the end of it: what isn't known yet is waited for.
        return AgentAnswers.later(
                balancer.version().thenApply(RootResource::installed),
                words,
                version -> Answers.ok(() -> host.info(version)));
    }

    private static Reply<String> installed(Optional<String> version) {
        return version.map(Reply::done).orElseGet(() -> Reply.refused(Reply.Kind.FAILED, null, null));
    }

    @GET
    @Path("1.0/details")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "details", summary = "State of the host, and what is wrong with the BGP profile")
    @ApiResponse(
            responseCode = "200",
            description = "The state",
            content = @Content(schema = @Schema(implementation = ApplianceBody.Details.class)))
    public CompletionStage<Response> details() {
        return Answers.whenDone(
                traffic(),
                seen -> Answers.ok(() -> host.details(
                        balancer(seen),
                        ApplianceBody.Distributor.of(
                                ports.readiness().find(), ports.profile().find()))));
    }

    /** A namespace that can't be asked has no traffic to tell; its own views say why. */
    private CompletionStage<List<PlugService.Traffic>> traffic() {
        return ports.plugs()
                .find()
                .map(PlugService::traffic)
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
                .exceptionally(fault -> List.of());
    }

    private ApplianceBody.@Nullable Balancer balancer(List<PlugService.Traffic> traffic) {
        LoadBalancerService service = ports.loadBalancers().find().orElse(null);
        if (service == null) {
            return null;
        }
        Map<String, ApplianceBody.Traffic> networks = new TreeMap<>();
        traffic.forEach(t -> networks.put(t.name(), new ApplianceBody.Traffic(t.sent(), t.received())));
        return new ApplianceBody.Balancer(
                service.version().toCompletableFuture().getNow(Optional.empty()).orElse(null),
                service.running(),
                service.listeners().stream()
                        .map(LoadBalancerService.ListenerView::id)
                        .toList(),
                networks);
    }

    @PUT
    @Path("1.0/config")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceConfiguration",
            summary = "Replace the agent's configuration file",
            description =
                    "Durable before it is answered. A file without a section of the BGP profile leaves the profile"
                            + " as it is. What can't be read, or would take the listener away, is refused with every reason.")
    @ApiResponse(
            responseCode = "202",
            description = "Kept, and in force",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "400",
            description = "Refused; the one before stays",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> replaceConfiguration(
            @RequestBody(required = true, content = @Content(mediaType = MediaType.TEXT_PLAIN)) InputStream body) {
        AgentFiles files = ports.agentFiles().agents();
        String refused = "Unable to update amphora-agent configuration.";
        return AgentAnswers.later(
                files.replaceConfiguration(Bodies.agents(body)),
                new Words().on(Reply.Kind.INVALID, refused, null).on(Reply.Kind.FAILED, refused, null),
                done -> AgentAnswers.ok(202));
    }

    @PUT
    @Path("1.0/certificate")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceServerCertificate",
            summary = "Replace this server's certificate and key",
            description = "The next connection is served with it; no BGP session is touched.")
    @ApiResponse(
            responseCode = "202",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    @ApiResponse(
            responseCode = "400",
            description = "No PEM pair of certificate and key that belong together; the one before stays",
            content = @Content(schema = @Schema(implementation = AgentBody.Said.class)))
    public CompletionStage<Response> replaceServerCertificate(
            @RequestBody(required = true, content = @Content(mediaType = "application/x-pem-file")) InputStream body) {
        AgentFiles files = ports.agentFiles().agents();
        return AgentAnswers.later(
                files.replaceServerCertificate(Bodies.agents(body)),
                new Words()
                        .on(Reply.Kind.INVALID, "Invalid certificate", null)
                        .on(Reply.Kind.FAILED, "Error keeping the certificate", null),
                done -> AgentAnswers.ok(202));
    }

    @GET
    @Path("metrics")
    @Produces(Exposition.CONTENT_TYPE)
    @Operation(operationId = "metrics", summary = "Metrics in Prometheus' text format 0.0.4; names begin with l3d_")
    @ApiResponse(responseCode = "200", description = "One scrape", content = @Content(mediaType = "text/plain"))
    public Response metrics() {
        return Response.ok(Exposition.scrape(process, ports.metrics()), Exposition.CONTENT_TYPE)
                .build();
    }

    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "openApi", summary = "This document")
    @ApiResponse(responseCode = "200", description = "OpenAPI 3.0")
    public Response openApi() {
        return Response.ok(openApi, MediaType.APPLICATION_JSON).build();
    }

    private static byte[] document() {
        try (InputStream in = RootResource.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the bundle was built without " + DOCUMENT);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + DOCUMENT, e);
        }
    }
}
