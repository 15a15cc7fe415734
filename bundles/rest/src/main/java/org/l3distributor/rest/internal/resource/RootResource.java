// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.rest.internal.host.Exposition;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.host.ProcessMetrics;
import org.l3distributor.rest.internal.http.Answers;
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
    @Operation(operationId = "info", summary = "Name and versions; null for what this role doesn't have")
    @ApiResponse(
            responseCode = "200",
            description = "Name and versions",
            content = @Content(schema = @Schema(implementation = ApplianceBody.Info.class)))
    public Response info() {
        return Answers.ok(() -> host.info());
    }

    @GET
    @Path("1.0/details")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "details", summary = "State of the host, and what is wrong with the BGP profile")
    @ApiResponse(
            responseCode = "200",
            description = "The state",
            content = @Content(schema = @Schema(implementation = ApplianceBody.Details.class)))
    public Response details() {
        return Answers.ok(() -> host.details(ApplianceBody.Distributor.of(
                ports.readiness().find(), ports.profile().find())));
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
