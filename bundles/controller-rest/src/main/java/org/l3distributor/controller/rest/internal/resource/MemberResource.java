// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
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
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Bodies;
import org.l3distributor.controller.rest.internal.http.Calls;
import org.l3distributor.controller.rest.internal.http.Listing;
import org.l3distributor.controller.rest.internal.http.Policy;
import org.l3distributor.controller.rest.internal.wire.Envelopes;
import org.l3distributor.controller.rest.internal.wire.MemberBody;
import org.l3distributor.controller.rest.internal.wire.Requests;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.MemberChange;
import org.l3distributor.distributor.controller.MemberDraft;
import org.l3distributor.distributor.controller.MemberRules;

/** The members of a pool. */
@Refusable
@Path(MemberResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "members")
public final class MemberResource {
    static final String PATH = "/v2/lbaas/pools/{pool_id}/members";
    private static final String ONE = "member";
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

    private final Ports ports;
    private final Calls calls;

    public MemberResource(Ports ports, Calls calls) {
        this.ports = ports;
        this.calls = calls;
    }

    /** Whether the caller may do it is decided by the pool's project. */
    private CompletionStage<?> allowed(String pool, Caller caller, BiConsumer<Caller, String> policy) {
        return Calls.value(ports.pools().get().find(pool))
                .thenAccept(found -> policy.accept(caller, found.pool().header().projectId()));
    }

    @GET
    @Paged
    @Operation(operationId = "listMembers", summary = "All members of a pool")
    @ApiResponse(
            responseCode = "200",
            description = "One page, in the order of their making unless another is asked for",
            content = @Content(schema = @Schema(implementation = Envelopes.Members.class)))
    public CompletionStage<Response> list(
            @PathParam("pool_id") String pool, @Context HttpServletRequest request, @Context UriInfo call) {
        return calls.as(request, caller -> {
            ListQuery query =
                    Calls.value(ListQuery.read(call.getQueryParameters(), Attributes.MEMBERS.names(), Listing.MOST));
            return allowed(pool, caller, Policy::read)
                    .thenCompose(yes -> Calls.value(ports.members().get().list(pool, query)))
                    .thenApply(rows -> Listing.page("members", rows, MemberBody::of, Member::id, query, call, request));
        });
    }

    @POST
    @Operation(operationId = "createMember", summary = "Add a member to a pool")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.MemberCreate.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is durable, and PENDING_CREATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneMember.class)))
    public CompletionStage<Response> create(
            @PathParam("pool_id") String pool,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            MemberDraft draft = Calls.value(MemberRules.create(Bodies.object(body)));
            return allowed(pool, caller, Policy::write)
                    .thenCompose(yes -> Calls.value(ports.members().get().create(pool, draft)))
                    .thenApply(made -> Listing.one(201, ONE, MemberBody.of(made), call));
        });
    }

    @PUT
    @Operation(operationId = "replaceMembers", summary = "Make, change and delete members until the pool has these")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.MembersReplace.class)))
    @ApiResponse(responseCode = "202", description = "It is durable, and what changes is PENDING_*")
    public CompletionStage<Response> replace(
            @PathParam("pool_id") String pool,
            @Parameter(description = "None is deleted") @QueryParam("additive_only") @Nullable String additive,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request) {
        boolean keep = additive != null && TRUE.contains(additive.toLowerCase(Locale.ROOT));
        return calls.as(request, caller -> {
            List<MemberDraft> drafts = Calls.value(MemberRules.batch(Bodies.object(body)));
            return allowed(pool, caller, Policy::write)
                    .thenCompose(yes -> Calls.value(ports.members().get().replace(pool, drafts, keep)))
                    .thenApply(members -> Answers.empty(202));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "showMember", summary = "One member")
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = OpenApi.FIELDS, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = Envelopes.OneMember.class)))
    public CompletionStage<Response> show(
            @PathParam("pool_id") String pool,
            @PathParam("id") String id,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(
                request,
                caller -> allowed(pool, caller, Policy::read)
                        .thenCompose(yes -> Calls.value(ports.members().get().find(pool, id)))
                        .thenApply(found -> Listing.one(200, ONE, MemberBody.of(found), call)));
    }

    @PUT
    @Path("{id}")
    @Operation(operationId = "updateMember", summary = "Change a member")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requests.MemberUpdate.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The change is durable, and PENDING_UPDATE",
            content = @Content(schema = @Schema(implementation = Envelopes.OneMember.class)))
    public CompletionStage<Response> update(
            @PathParam("pool_id") String pool,
            @PathParam("id") String id,
            @Parameter(hidden = true) InputStream body,
            @Context HttpServletRequest request,
            @Context UriInfo call) {
        return calls.as(request, caller -> {
            MemberChange change = Calls.value(MemberRules.change(Bodies.object(body)));
            return allowed(pool, caller, Policy::write)
                    .thenCompose(yes -> Calls.value(ports.members().get().change(pool, id, change)))
                    .thenApply(changed -> Listing.one(200, ONE, MemberBody.of(changed), call));
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteMember", summary = "Delete a member")
    @ApiResponse(responseCode = "204", description = "It is PENDING_DELETE, and gone by and by")
    public CompletionStage<Response> delete(
            @PathParam("pool_id") String pool, @PathParam("id") String id, @Context HttpServletRequest request) {
        return calls.as(
                request,
                caller -> allowed(pool, caller, Policy::write)
                        .thenCompose(yes -> Calls.value(ports.members().get().delete(pool, id)))
                        .thenApply(deleted -> Answers.empty(204)));
    }
}
