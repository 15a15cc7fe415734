// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
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
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.ChangesBody;
import org.l3distributor.rest.internal.wire.ProfileBody;

/** The BGP profile in force, and its change at run time. */
@Guarded
@Refusable
@Path("/1.0/distributor/profile")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "profile")
public final class ProfileResource {
    private final Ports ports;

    public ProfileResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(
            operationId = "showProfile",
            summary = "The profile in force, where it is from, and what is wrong with a newer one")
    @ApiResponse(
            responseCode = "200",
            description = "No speakers = nothing is announced",
            content = @Content(schema = @Schema(implementation = ProfileBody.InForce.class)))
    public Response show(@Context UriInfo call) {
        Query.only(call, Set.of());
        ProfileService service = ports.profile().get();
        BgpProfile profile = service.profile().orElse(new BgpProfile(List.of()));
        return Answers.ok(() -> ProfileBody.InForce.of(service.origin(), profile, service.faults()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceProfile",
            summary = "Replace the profile at run time",
            description = "Durable; in force until it is replaced or dropped. Only sessions of peers with a change that"
                    + " needs it are reset. Passwords are refused: those of the agent's configuration file stay.")
    @ApiResponse(
            responseCode = "200",
            description = "In force; what it changed",
            content = @Content(schema = @Schema(implementation = ChangesBody.class)))
    public CompletionStage<Response> replace(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ProfileBody.Request.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        ProfileService service = ports.profile().get();
        return Answers.later(
                service.replace(ProfileReader.read(Bodies.read(body))),
                "not_found",
                impacts -> Answers.ok(() -> ChangesBody.of(impacts)));
    }

    @DELETE
    @Operation(
            operationId = "resetProfile",
            summary = "Drop the run-time profile: the pushed or imported one is in force again")
    @ApiResponse(
            responseCode = "200",
            description = "What it changed",
            content = @Content(schema = @Schema(implementation = ChangesBody.class)))
    public CompletionStage<Response> reset(@Context UriInfo call) {
        Query.only(call, Set.of());
        return Answers.later(
                ports.profile().get().reset(), "not_found", impacts -> Answers.ok(() -> ChangesBody.of(impacts)));
    }
}
