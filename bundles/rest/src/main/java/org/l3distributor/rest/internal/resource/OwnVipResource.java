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
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Page;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.OwnVipBody;
import org.l3distributor.rest.internal.wire.Pages;

/** What this host serves itself; nobody registered it, and nobody can. */
@Guarded
@Refusable
@Path(OwnVipResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "looking glass")
public final class OwnVipResource {
    static final String PATH = "/1.0/distributor/own_vips";

    private final Ports ports;

    public OwnVipResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(
            operationId = "listOwnVips",
            summary = "The VIPs plugged on this host: whether they are served, announced to whom, and why not")
    @ApiResponse(
            responseCode = "200",
            description = "One page, ordered by VIP",
            content = @Content(schema = @Schema(implementation = Pages.OwnVips.class)))
    public CompletionStage<Response> list(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        return Answers.whenDone(ports.ownRoutes().get().list(), rows -> {
            Page<OwnVipStatus> page =
                    Page.of(rows, size, marker, row -> row.vip().vip().toString());
            return Answers.ok(() -> new Pages.OwnVips(
                    page.rows().stream().map(OwnVipBody::of).toList(), page.links(PATH, size), page.nextMarker()));
        });
    }
}
