// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Page;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.wire.AdvertisedBody;
import org.l3distributor.rest.internal.wire.Pages;
import org.l3distributor.rest.internal.wire.PeerBody;

/** BGP peers: the looking glass, and one router's maintenance. */
@Guarded
@Refusable
@Path(PeerResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "looking glass")
public final class PeerResource {
    static final String PATH = "/1.0/distributor/peers";

    private final Ports ports;

    public PeerResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Operation(operationId = "listPeers", summary = "All configured peers with their sessions")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the profile's order",
            content = @Content(schema = @Schema(implementation = Pages.Peers.class)))
    public Response list(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        Page<PeerView> page = Page.of(ports.peers().get().peers(), size, marker, p -> p.id().value());
        return Answers.ok(() -> new Pages.Peers(
                page.rows().stream().map(PeerBody::of).toList(), page.links(PATH, size), page.nextMarker()));
    }

    @GET
    @Path("{peer_id}")
    @Operation(operationId = "showPeer", summary = "One peer with its session")
    @ApiResponse(
            responseCode = "200",
            description = "The peer",
            content = @Content(schema = @Schema(implementation = PeerBody.class)))
    public Response show(@PathParam("peer_id") String peer, @Context UriInfo call) {
        Query.only(call, Set.of());
        PeerService service = ports.peers().get();
        PeerView view = service.peer(id(peer)).orElseThrow(() -> absent(peer));
        return Answers.ok(() -> PeerBody.of(view));
    }

    @GET
    @Path("{peer_id}/advertised")
    @Operation(operationId = "listAdvertised", summary = "What is in the peer's Adj-RIB-Out")
    @ApiResponse(
            responseCode = "200",
            description = "One page, ordered by prefix",
            content = @Content(schema = @Schema(implementation = Pages.Advertised.class)))
    public CompletionStage<Response> advertised(
            @PathParam("peer_id") String peer,
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        PeerId id = id(peer);
        return Answers.later(ports.peers().get().advertised(id), Fault.PEER_NOT_FOUND, rows -> {
            Page<AdvertisedView> page = Page.of(rows, size, marker, r -> r.prefix() + "," + r.nextHop());
            return Answers.ok(() -> new Pages.Advertised(
                    page.rows().stream().map(AdvertisedBody::of).toList(),
                    page.links(PATH + "/" + id + "/advertised", size),
                    page.nextMarker()));
        });
    }

    @POST
    @Path("{peer_id}/disable")
    @Operation(
            operationId = "disablePeer",
            summary = "Hold one session down until it is enabled (Cease, administrative shutdown); survives a restart")
    @ApiResponse(
            responseCode = "200",
            description = "The peer afterwards",
            content = @Content(schema = @Schema(implementation = PeerBody.class)))
    public CompletionStage<Response> disable(@PathParam("peer_id") String peer, @Context UriInfo call) {
        return act(peer, call, PeerService::disable);
    }

    @POST
    @Path("{peer_id}/enable")
    @Operation(operationId = "enablePeer", summary = "End a disable")
    @ApiResponse(
            responseCode = "200",
            description = "The peer afterwards",
            content = @Content(schema = @Schema(implementation = PeerBody.class)))
    public CompletionStage<Response> enable(@PathParam("peer_id") String peer, @Context UriInfo call) {
        return act(peer, call, PeerService::enable);
    }

    @POST
    @Path("{peer_id}/clear")
    @Operation(operationId = "clearPeer", summary = "Reset one session once (Cease, administrative reset)")
    @ApiResponse(
            responseCode = "200",
            description = "The peer afterwards",
            content = @Content(schema = @Schema(implementation = PeerBody.class)))
    public CompletionStage<Response> clear(@PathParam("peer_id") String peer, @Context UriInfo call) {
        return act(peer, call, PeerService::clear);
    }

    @POST
    @Path("{peer_id}/refresh")
    @Operation(operationId = "refreshPeer", summary = "Send every route to the peer again; resets nothing")
    @ApiResponse(
            responseCode = "200",
            description = "The peer afterwards",
            content = @Content(schema = @Schema(implementation = PeerBody.class)))
    public CompletionStage<Response> refresh(@PathParam("peer_id") String peer, @Context UriInfo call) {
        return act(peer, call, PeerService::refresh);
    }

    private CompletionStage<Response> act(
            String peer, UriInfo call, BiFunction<PeerService, PeerId, CompletionStage<Outcome<PeerView>>> action) {
        Query.only(call, Set.of());
        return Answers.later(
                action.apply(ports.peers().get(), id(peer)),
                Fault.PEER_NOT_FOUND,
                view -> Answers.ok(() -> PeerBody.of(view)));
    }

    /** A text that can't be a peer's id is that of no peer. */
    static PeerId id(String text) {
        try {
            return new PeerId(text);
        } catch (IllegalArgumentException e) {
            throw absent(text);
        }
    }

    static Refused absent(String peer) {
        return new Refused(new Fault(
                404, Fault.PEER_NOT_FOUND, "peer_id", peer, "is not the id of a configured peer; GET " + PATH));
    }
}
