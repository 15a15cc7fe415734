// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.BulkBody;
import org.l3distributor.rest.internal.wire.RegistrationBody;

/** Many registrations in one transaction. */
@Guarded
@Refusable
@Path("/1.0/distributor/registrations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "registrations")
public final class BulkResource {
    private final Ports ports;

    public BulkResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Operation(
            operationId = "registerAll",
            summary = "Register many in one transaction",
            description = "All rows or none. Rows with an amphora_id are an amphora's, the others those of a"
                    + " non-amphora endpoint. Faults name the row: registrations[3].vip_ip.")
    @ApiResponse(
            responseCode = "200",
            description = "All durable, and written to every established peer",
            content = @Content(schema = @Schema(implementation = BulkBody.class)))
    @ApiResponse(
            responseCode = "202",
            description = "All durable; a peer whose session is up has not taken everything within 5 s",
            content = @Content(schema = @Schema(implementation = BulkBody.class)))
    public CompletionStage<Response> register(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BulkBody.Request.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        DistributorService service = ports.distributor().get();
        return Answers.later(
                service.registerAll(RegistrationReader.registrations(Bodies.read(body))),
                Fault.PEER_NOT_FOUND,
                rows -> Answers.json(
                        Registering.settled(rows.stream().allMatch(RegistrationStatus::settled)),
                        () -> new BulkBody(
                                rows.stream().map(RegistrationBody::of).toList())));
    }

    @POST
    @Path("remove")
    @Operation(
            operationId = "unregisterAll",
            summary = "Unregister many in one transaction",
            description = "What isn't there is reported under absent, and refuses nothing.")
    @ApiResponse(
            responseCode = "200",
            description = "All gone, and the withdrawals written to every established peer",
            content = @Content(schema = @Schema(implementation = BulkBody.Removed.class)))
    @ApiResponse(
            responseCode = "202",
            description = "All gone; a peer whose session is up has not taken everything within 5 s",
            content = @Content(schema = @Schema(implementation = BulkBody.Removed.class)))
    public CompletionStage<Response> remove(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BulkBody.Request.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        DistributorService service = ports.distributor().get();
        return Answers.later(
                service.unregisterAll(RegistrationReader.removals(Bodies.read(body))),
                Fault.REGISTRATION_NOT_FOUND,
                result -> Answers.json(
                        Registering.settled(result.removed().stream().allMatch(RegistrationStatus::settled)),
                        () -> BulkBody.Removed.of(result)));
    }
}
