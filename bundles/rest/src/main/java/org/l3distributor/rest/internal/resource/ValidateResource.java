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
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.ChangesBody;
import org.l3distributor.rest.internal.wire.ProfileBody;

/** The dry run of a profile. */
@Guarded
@Refusable
@Path("/1.0/distributor/validate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "profile")
public final class ValidateResource {
    private final Ports ports;

    public ValidateResource(Ports ports) {
        this.ports = ports;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "validateProfile",
            summary = "Check a profile without applying it: every fault at once, or what applying it would do")
    @ApiResponse(
            responseCode = "200",
            description = "It is valid; what it would change",
            content = @Content(schema = @Schema(implementation = ChangesBody.class)))
    public Response validate(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ProfileBody.Request.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        ProfileService service = ports.profile().get();
        List<ProfileService.FieldImpact> impacts =
                Answers.value(service.validate(ProfileReader.read(Bodies.read(body))), "not_found");
        return Answers.ok(() -> ChangesBody.of(impacts));
    }
}
