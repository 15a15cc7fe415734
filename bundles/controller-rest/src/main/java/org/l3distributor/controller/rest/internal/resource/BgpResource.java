// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Bodies;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Listing;
import org.l3distributor.controller.rest.internal.wire.BgpBodies;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.OperatorRequests;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.model.Outcome;

/** The BGP peer profile: speakers, peers, and who has which; for administrators. */
@Refusable
@Path("/v2/octavia/bgp")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "bgp")
public final class BgpResource {
    private static final String SPEAKER = "speaker";
    private static final String PEER = "peer";

    private final Ports ports;
    private final Calls calls;

    public BgpResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    private BgpProfileService profile() {
        return ports.profile().get();
    }

    private static CompletionStage<Response> speaker(
            int status, CompletionStage<Outcome<BgpSpeakerView>> stage, UriInfo call) {
        return Calls.value(stage)
                .thenApply(found -> Listing.one(status, SPEAKER, BgpBodies.SpeakerBody.of(found), call));
    }

    private static CompletionStage<Response> peer(int status, CompletionStage<Outcome<BgpPeer>> stage, UriInfo call) {
        return Calls.value(stage).thenApply(found -> Listing.one(status, PEER, BgpBodies.PeerBody.of(found), call));
    }

    @GET
    @Path("speakers")
    @Paged
    @Operation(operationId = "listBgpSpeakers", summary = "All speakers")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their ids unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Speakers.class)))
    public CompletionStage<Response> speakers(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            ListQuery query = Listing.query(call, Attributes.SPEAKERS.names());
            return Calls.value(profile().speakers(query))
                    .thenApply(rows -> Listing.page(
                            "speakers", rows, BgpBodies.SpeakerBody::of, BgpSpeakerView::id, query, call, request));
        });
    }

    @POST
    @Path("speakers")
    @Operation(operationId = "createBgpSpeaker", summary = "Make a speaker; no amphora runs it yet")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.SpeakerCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSpeaker.class)))
    public CompletionStage<Response> createSpeaker(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(
                request,
                () -> speaker(201, profile().create(Calls.value(BgpRules.speaker(Bodies.object(body)))), call));
    }

    @GET
    @Path("speakers/{id}")
    @Operation(operationId = "showBgpSpeaker", summary = "One speaker")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSpeaker.class)))
    public CompletionStage<Response> showSpeaker(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> speaker(200, profile().speaker(id), call));
    }

    @PUT
    @Path("speakers/{id}")
    @Operation(operationId = "updateBgpSpeaker", summary = "Change a speaker; the amphorae that run it are told")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.SpeakerUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It is durable",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSpeaker.class)))
    public CompletionStage<Response> updateSpeaker(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            Map<?, ?> change = Bodies.object(body);
            return Calls.value(profile().speaker(id)).thenCompose(found -> {
                BgpSpeaker old = found.speaker();
                return speaker(200, profile().change(old, Calls.value(BgpRules.speaker(change, old))), call);
            });
        });
    }

    @DELETE
    @Path("speakers/{id}")
    @Operation(operationId = "deleteBgpSpeaker", summary = "Delete a speaker that no amphora runs")
    @ApiResponse(responseCode = "204", description = "It is gone")
    public CompletionStage<Response> deleteSpeaker(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(profile().deleteSpeaker(id)).thenApply(gone -> Answers.empty(204)));
    }

    @PUT
    @Path("speakers/{id}/push")
    @Operation(operationId = "pushBgpSpeaker", summary = "Push the profile to the speaker's amphorae again")
    @ApiResponse(responseCode = "202", description = "It is durable, and begins at once")
    public CompletionStage<Response> push(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(request, () -> Calls.value(profile().push(id)).thenApply(told -> Answers.empty(202)));
    }

    @PUT
    @Path("speakers/{id}/peers/{peer_id}")
    @Operation(operationId = "addBgpPeer", summary = "Give a speaker a peer")
    @ApiResponse(
            responseCode = "200",
            description = "It has it, and its amphorae are told",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSpeaker.class)))
    public CompletionStage<Response> addPeer(
            @PathParam("id") String id,
            @PathParam("peer_id") String peer,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(request, () -> speaker(200, profile().addPeer(id, peer), call));
    }

    @DELETE
    @Path("speakers/{id}/peers/{peer_id}")
    @Operation(operationId = "removeBgpPeer", summary = "Take a speaker's peer away")
    @ApiResponse(responseCode = "204", description = "It hasn't it, and its amphorae are told")
    public CompletionStage<Response> removePeer(
            @PathParam("id") String id, @PathParam("peer_id") String peer, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(profile().removePeer(id, peer)).thenApply(told -> Answers.empty(204)));
    }

    @PUT
    @Path("speakers/{id}/amphorae/{amphora_id}")
    @Operation(operationId = "assignBgpSpeaker", summary = "Have an amphora run a speaker")
    @ApiResponse(
            responseCode = "200",
            description = "It is durable, and the amphora is told",
            content = @Content(schema = @Schema(implementation = Envelopes.OneSpeaker.class)))
    public CompletionStage<Response> assign(
            @PathParam("id") String id,
            @PathParam("amphora_id") String amphora,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(request, () -> speaker(200, profile().assign(id, amphora), call));
    }

    @DELETE
    @Path("speakers/{id}/amphorae/{amphora_id}")
    @Operation(operationId = "unassignBgpSpeaker", summary = "Have an amphora not run a speaker any more")
    @ApiResponse(responseCode = "204", description = "It is durable, and the amphora is told")
    public CompletionStage<Response> unassign(
            @PathParam("id") String id, @PathParam("amphora_id") String amphora, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(profile().unassign(id, amphora)).thenApply(told -> Answers.empty(204)));
    }

    @GET
    @Path("peers")
    @Paged
    @Operation(operationId = "listBgpPeers", summary = "All peers")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their ids unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Peers.class)))
    public CompletionStage<Response> peers(@Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            ListQuery query = Listing.query(call, Attributes.PEERS.names());
            return Calls.value(profile().peers(query))
                    .thenApply(rows ->
                            Listing.page("peers", rows, BgpBodies.PeerBody::of, BgpPeer::id, query, call, request));
        });
    }

    @POST
    @Path("peers")
    @Operation(operationId = "createBgpPeer", summary = "Make a peer; no speaker has it yet")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.PeerCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePeer.class)))
    public CompletionStage<Response> createPeer(
            @Parameter(hidden = true) InputStream body, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(
                request, () -> peer(201, profile().create(Calls.value(BgpRules.peer(Bodies.object(body)))), call));
    }

    @GET
    @Path("peers/{id}")
    @Operation(operationId = "showBgpPeer", summary = "One peer")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePeer.class)))
    public CompletionStage<Response> showPeer(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.asAdmin(request, () -> peer(200, profile().peer(id), call));
    }

    @PUT
    @Path("peers/{id}")
    @Operation(operationId = "updateBgpPeer", summary = "Change a peer; the amphorae that have it are told")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = OperatorRequests.PeerUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It is durable",
            content = @Content(schema = @Schema(implementation = Envelopes.OnePeer.class)))
    public CompletionStage<Response> updatePeer(
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.asAdmin(request, () -> {
            Map<?, ?> change = Bodies.object(body);
            return Calls.value(profile().peer(id))
                    .thenCompose(old ->
                            peer(200, profile().change(old, Calls.value(BgpRules.peer(change, old))), call));
        });
    }

    @DELETE
    @Path("peers/{id}")
    @Operation(operationId = "deleteBgpPeer", summary = "Delete a peer that no speaker has")
    @ApiResponse(responseCode = "204", description = "It is gone")
    public CompletionStage<Response> deletePeer(@PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.asAdmin(
                request, () -> Calls.value(profile().deletePeer(id)).thenApply(gone -> Answers.empty(204)));
    }
}
