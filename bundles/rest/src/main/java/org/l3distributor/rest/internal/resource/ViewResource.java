// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;
import org.l3distributor.rest.internal.http.Answers;
import org.l3distributor.rest.internal.http.Guarded;
import org.l3distributor.rest.internal.http.Page;
import org.l3distributor.rest.internal.http.Query;
import org.l3distributor.rest.internal.wire.EventBody;
import org.l3distributor.rest.internal.wire.Pages;
import org.l3distributor.rest.internal.wire.SpeakerBody;
import org.l3distributor.rest.internal.wire.StateBody;

/** Speakers, events and probes. */
@Guarded
@Refusable
@Path("/1.0/distributor")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "looking glass")
public final class ViewResource {
    private static final int EVENTS = 100;
    private static final int MAX_EVENTS = 1000;

    private final Ports ports;

    public ViewResource(Ports ports) {
        this.ports = ports;
    }

    @GET
    @Path("speakers")
    @Operation(operationId = "listSpeakers", summary = "All speakers")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the profile's order",
            content = @Content(schema = @Schema(implementation = Pages.Speakers.class)))
    public Response speakers(
            @Parameter(description = "1..10000") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_marker of the page before") @QueryParam("marker") @Nullable String marker,
            @Context UriInfo call) {
        Query.only(call, OpenApi.PAGING);
        int size = Query.limit(limit, Registering.MAX_PAGE, Registering.MAX_PAGE);
        List<SpeakerProfile> all =
                ports.profile().get().profile().map(BgpProfile::speakers).orElse(List.of());
        List<PeerView> views = ports.peers().find().map(PeerService::peers).orElse(List.of());
        Page<SpeakerProfile> page = Page.of(all, size, marker, SpeakerProfile::name);
        return Answers.ok(() -> new Pages.Speakers(
                page.rows().stream().map(s -> SpeakerBody.of(s, views)).toList(),
                page.links("/1.0/distributor/speakers", size),
                page.nextMarker()));
    }

    @GET
    @Path("events")
    @Operation(operationId = "listEvents", summary = "The newest events first")
    @ApiResponse(
            responseCode = "200",
            description = "At most as many as asked for",
            content = @Content(schema = @Schema(implementation = Pages.Events.class)))
    public Response events(
            @Parameter(description = "Only this peer's") @QueryParam("peer_id") @Nullable String peer,
            @Parameter(description = "1..1000, otherwise 100") @QueryParam("limit") @Nullable String limit,
            @Context UriInfo call) {
        Query.only(call, Set.of("peer_id", "limit"));
        int count = Query.limit(limit, EVENTS, MAX_EVENTS);
        PeerId id = peer == null ? null : PeerResource.id(peer);
        PeerService service = ports.peers().get();
        List<EventView> events = service.events(id, count);
        if (id != null && events.isEmpty() && service.peer(id).isEmpty()) { // a peer of the past may have events
            throw PeerResource.absent(id.value());
        }
        return Answers.ok(
                () -> new Pages.Events(events.stream().map(EventBody::of).toList()));
    }

    @GET
    @Path("readiness")
    @Operation(operationId = "readiness", summary = "Whether the appliance can do its work, and what is missing")
    @ApiResponse(
            responseCode = "200",
            description = "Ready; conditions that don't hold are degradations",
            content = @Content(schema = @Schema(implementation = StateBody.Ready.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Not ready",
            content = @Content(schema = @Schema(implementation = StateBody.Ready.class)))
    public Response readiness(@Context UriInfo call) {
        Query.only(call, Set.of());
        Readiness readiness = ports.readiness().get().readiness();
        return Answers.json(readiness.ready() ? 200 : 503, () -> StateBody.Ready.of(readiness));
    }

    @GET
    @Path("health")
    @Operation(operationId = "health", summary = "Liveness: 200 whenever the process answers")
    @ApiResponse(
            responseCode = "200",
            description = "Alive",
            content = @Content(schema = @Schema(implementation = StateBody.Health.class)))
    public Response health(@Context UriInfo call) {
        Query.only(call, Set.of());
        return Answers.ok(() -> new StateBody.Health(true));
    }
}
