// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.SilentBody;
import org.l3distributor.distributor.controller.SilentAmphorae;
import org.l3distributor.distributor.model.Outcome;

/** Amphorae that aren't heard, for administrators. */
@Refusable
@Path("/v2/octavia/silent")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "amphorae")
public final class SilentResource {
    private final Ports ports;
    private final Calls calls;

    public SilentResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    @GET
    @Operation(operationId = "listSilentAmphorae", summary = "Amphorae that weren't heard of for too long")
    @ApiResponse(
            responseCode = "200",
            description = "As they are now, and what is thought of them",
            content = @Content(schema = @Schema(implementation = Envelopes.Silent.class)))
    public CompletionStage<Response> list(@Context HttpServletRequest request) {
        return calls.asAdmin(request, () -> answer(200, ports.amphorae().get().silent()));
    }

    @PUT
    @Path("confirm")
    @Operation(
            operationId = "confirmSilentAmphorae",
            summary = "All that are silent now are dead, however many fell silent together")
    @ApiResponse(
            responseCode = "202",
            description =
                    "It is durable; they are replaced as fast as their load balancers may lose them, unless they're"
                            + " heard of before",
            content = @Content(schema = @Schema(implementation = Envelopes.Silent.class)))
    public CompletionStage<Response> confirm(@Context HttpServletRequest request) {
        return calls.asAdmin(request, () -> answer(202, ports.amphorae().get().confirmSilent()));
    }

    private static CompletionStage<Response> answer(int status, CompletionStage<Outcome<SilentAmphorae>> stage) {
        return Calls.value(stage).thenApply(silent -> Answers.json(status, Map.of("silent", SilentBody.of(silent))));
    }
}
