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
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.net.IpAddress;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Bodies;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.wire.Pages;
import org.l3distributor.rest.internal.wire.RegistrationBody;
import org.l3distributor.rest.internal.wire.RegistrationRequest;

/** Registrations of VIPs that no amphora serves: the same for other endpoints. */
@Guarded
@Refusable
@Path(VipResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "registrations")
public final class VipResource {
    static final String PATH = "/1.0/distributor/vips";

    private final Ports ports;

    public VipResource(Ports ports) {
        this.ports = ports;
    }

    @PUT
    @Path("{vip_ip}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "registerVip",
            summary = "Register a next hop for a VIP that no amphora serves",
            description =
                    "As for an amphora: it adds a route, the same again changes nothing, and the answer comes when"
                            + " it is durable and written.")
    @ApiResponse(
            responseCode = "200",
            description = "Durable, and written to every established peer",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Durable; a peer whose session is up has not taken it within 5 s",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    public CompletionStage<Response> register(
            @PathParam("vip_ip") String vip,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = RegistrationRequest.Endpoint.class)))
                    InputStream body,
            @Context UriInfo call) {
        Query.only(call, Set.of());
        DistributorService service = ports.distributor().get();
        return Registering.register(service, RegistrationReader.endpoint(vip, Bodies.read(body)));
    }

    @DELETE
    @Path("{vip_ip}")
    @Operation(
            operationId = "unregisterVip",
            summary = "Unregister a next hop of a VIP that no amphora serves",
            description = "As for an amphora: the answer comes when the withdrawal is durable and written.")
    @ApiResponse(
            responseCode = "200",
            description = "Gone, and the withdrawal written to every established peer",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Gone; a peer whose session is up has not taken the withdrawal within 5 s",
            content = @Content(schema = @Schema(implementation = RegistrationBody.class)))
    public CompletionStage<Response> unregister(
            @PathParam("vip_ip") String vip,
            @Parameter(required = true) @QueryParam(RegistrationReader.NEXT_HOP) @Nullable String nextHop,
            @Parameter(description = "Left out = whatever peers it is registered for")
                    @QueryParam(RegistrationReader.PEER)
                    @Nullable
                    String peer,
            @Context UriInfo call) {
        Query.only(call, Set.of(RegistrationReader.NEXT_HOP, RegistrationReader.PEER));
        DistributorService service = ports.distributor().get();
        RegistrationRequest.Item item = new RegistrationRequest.Item(null, vip, nextHop, peer);
        return Registering.unregister(service, RegistrationReader.removal(item, false));
    }

    @GET
    @Operation(
            operationId = "listVips",
            summary = "List the registrations of VIPs that no amphora serves, with what each peer has of them")
    @ApiResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = Pages.Vips.class)))
    public CompletionStage<Response> list(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        return Answers.whenDone(
                Registering.page(ports.distributor().get(), false, size, marker),
                page -> Answers.ok(() -> new Pages.Vips(
                        page.rows().stream().map(RegistrationBody::of).toList(),
                        page.links(PATH, size),
                        page.nextMarker())));
    }

    @GET
    @Path("{vip_ip}")
    @Operation(operationId = "showVip", summary = "The registrations of one VIP that no amphora serves")
    @ApiResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(implementation = Pages.Vips.class)))
    public CompletionStage<Response> show(@PathParam("vip_ip") String vip, @Context UriInfo call) {
        Query.only(call, Set.of());
        IpAddress address = address(vip);
        return Answers.whenDone(
                Registering.find(ports.distributor().get(), false, r -> r.vip().equals(address)), rows -> {
                    if (rows.isEmpty()) {
                        throw new Refused(new Fault(
                                404, Fault.REGISTRATION_NOT_FOUND, RegistrationReader.VIP, vip, "isn't registered"));
                    }
                    return Answers.ok(() -> new Pages.Vips(
                            rows.stream().map(RegistrationBody::of).toList(), List.of(), null));
                });
    }

    private static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(Fault.invalid(
                    RegistrationReader.VIP, text, "must be an IPv4 or IPv6 address literal without prefix length"));
        }
    }
}
