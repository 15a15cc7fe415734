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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.wire.Pages;
import org.l3distributor.rest.internal.wire.RegistrationBody;
import org.l3distributor.rest.internal.wire.RegistrationRequest;

/** Registrations of amphorae. */
@Guarded
@Refusable
@Path(AmphoraResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "registrations")
public final class AmphoraResource {
    static final String PATH = "/1.0/distributor/amphorae";

    private final Ports ports;

    public AmphoraResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Path("{amphora_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "registerAmphora",
            summary = "Register an amphora's VIP: announce it with the amphora's front-end IP as next hop",
            description = "Adds one route; it never replaces the amphora's others. The same again changes nothing. The"
                    + " answer comes when the registration is durable and its UPDATE is written to every"
                    + " established target peer.")
    @ApiResponse(
            responseCode = "200",
            description = "Durable, and written to every established peer",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Durable; a peer whose session is up has not taken it within 5 s",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    public CompletionStage<Response> register(
            @PathParam("amphora_id") String amphoraId,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = RegistrationRequest.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        DistributorService service = ports.distributor().get();
        return Registering.register(service, RegistrationReader.amphora(amphoraId, Bodies.read(body)));
    }

    @DELETE
    @Path("{amphora_id}")
    @Operation(
            operationId = "unregisterAmphora",
            summary = "Unregister an amphora's VIP",
            description = "The answer comes when the withdrawal is durable and written. Another next hop than the"
                    + " registered one withdraws nothing. Unplumb the VIP only when every peer says withdrawn.")
    @ApiResponse(
            responseCode = "200",
            description = "Gone, and the withdrawal written to every established peer",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Gone; a peer whose session is up has not taken the withdrawal within 5 s",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    public CompletionStage<Response> unregister(
            @PathParam("amphora_id") String amphoraId,
            @Parameter(required = true) @QueryParam(RegistrationReader.VIP) @Nullable String vip,
            @Parameter(required = true) @QueryParam(RegistrationReader.NEXT_HOP) @Nullable String nextHop,
            @Parameter(description = "Left out = whatever peers it is registered for")
                    @QueryParam(RegistrationReader.PEER)
                    @Nullable
                    String peer,
            @Context UriInfo call) {
        Query.only(call, Set.of(RegistrationReader.VIP, RegistrationReader.NEXT_HOP, RegistrationReader.PEER));
        DistributorService service = ports.distributor().get();
        RegistrationRequest.Item item = new RegistrationRequest.Item(amphoraId, vip, nextHop, peer);
        return Registering.unregister(service, RegistrationReader.removal(item, true));
    }

    @GET
    @Operation(
            operationId = "listAmphorae",
            summary = "List the registrations of amphorae, with what each peer has of them")
    @ApiResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = Pages.Amphorae.class)))
    public CompletionStage<Response> list(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        return Answers.whenDone(
                Registering.page(ports.distributor().get(), true, size, marker),
                page -> Answers.ok(() -> new Pages.Amphorae(
                        page.rows().stream().map(RegistrationBody::of).toList(),
                        page.links(PATH, size),
                        page.nextMarker())));
    }

    @GET
    @Path("{amphora_id}")
    @Operation(operationId = "showAmphora", summary = "The registrations of one amphora")
    @ApiResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(implementation = Pages.Amphorae.class)))
    public CompletionStage<Response> show(@PathParam("amphora_id") String amphoraId, @Context UriInfo call) {
        Query.only(call, Set.of());
        Owner owner = new Owner.Amphora(amphoraId);
        return Answers.whenDone(
                Registering.find(ports.distributor().get(), true, r -> r.owner().equals(owner)), rows -> {
                    if (rows.isEmpty()) {
                        throw new Refused(new Fault(
                                404,
                                Fault.REGISTRATION_NOT_FOUND,
                                RegistrationReader.AMPHORA,
                                amphoraId,
                                "has no registrations"));
                    }
                    return Answers.ok(() -> new Pages.Amphorae(
                            rows.stream().map(RegistrationBody::of).toList(), List.of(), null));
                });
    }

    @PUT
    @Path("{amphora_id}/drain")
    @Operation(operationId = "drainAmphora", summary = "Drain: not supported yet, and always refused")
    public Response drain(@PathParam("amphora_id") String amphoraId) {
        throw unsupported(amphoraId);
    }

    @DELETE
    @Path("{amphora_id}/drain")
    @Operation(operationId = "cancelDrain", summary = "Cancel a drain: not supported yet, and always refused")
    public Response cancelDrain(@PathParam("amphora_id") String amphoraId) {
        throw unsupported(amphoraId);
    }

    private static Refused unsupported(String amphoraId) {
        return new Refused(new Fault(
                400,
                "unsupported",
                RegistrationReader.AMPHORA,
                amphoraId,
                "draining is not supported yet; unregister ends new flows, and waits for none"));
    }
}
