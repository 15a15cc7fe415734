// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Page;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.HeldBody;
import org.l3distributor.rest.internal.wire.Pages;

/** What clients still have of load balancers here: for who stops one, and would rather not break a connection. */
@Guarded
@Refusable
@Path(HeldResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "looking glass")
public final class HeldResource {
    static final String PATH = "/1.0/distributor/load_balancers";

    private final Ports ports;

    public HeldResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(
            operationId = "listHeldConnections",
            summary = "The load balancers whose configuration is kept here: which connections clients still have",
            description = "A load balancer that isn't listed has none. HAProxy is asked, for 2 s at most.")
    @ApiResponse(
            responseCode = "200",
            description = "One page, ordered by load balancer",
            content = @Content(schema = @Schema(implementation = Pages.LoadBalancers.class)))
    public CompletionStage<Response> list(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        return Answers.whenDone(ports.loadBalancers().get().held(), rows -> {
            Page<HeldConnections> page = Page.of(rows, size, marker, HeldConnections::loadBalancer);
            return Answers.ok(() -> new Pages.LoadBalancers(
                    page.rows().stream().map(HeldBody::of).toList(), page.links(PATH, size), page.nextMarker()));
        });
    }
}
