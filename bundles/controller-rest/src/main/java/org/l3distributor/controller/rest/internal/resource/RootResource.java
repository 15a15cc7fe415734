// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.controller.rest.internal.http.Answers;
import org.l3distributor.controller.rest.internal.http.Listing;

/** Which versions there are; anybody may ask. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "discovery")
public final class RootResource {
    /** Octavia's minor versions, of which 2.5 brought the tags, and with it all that is here. */
    private static final List<String> VERSIONS = List.of("v2.0", "v2.1", "v2.2", "v2.3", "v2.4", "v2.5");

    private static final String DOCUMENT = "/openapi/openapi.json";
    private static final String UPDATED = "2019-01-21T00:00:00Z";

    private final byte[] openApi = document();

    @GET
    @Operation(operationId = "listVersions", summary = "The versions of this API")
    @ApiResponse(responseCode = "200", description = "Each with its URL")
    public Response versions(@Context HttpServletRequest request) {
        String base = Listing.url(request).replaceFirst("/+$", "");
        List<Map<String, Object>> versions = new ArrayList<>();
        for (String id : VERSIONS) {
            versions.add(version(id, base + "/v2"));
        }
        return Answers.json(200, Map.of("versions", versions));
    }

    static Response version(HttpServletRequest request) {
        return Answers.json(200, Map.of("version", version(VERSIONS.get(VERSIONS.size() - 1), Listing.url(request))));
    }

    @GET
    @Path("openapi.json")
    @Operation(operationId = "openApi", summary = "This document")
    @ApiResponse(responseCode = "200", description = "OpenAPI 3.0")
    public Response openApi() {
        return Response.ok(openApi, MediaType.APPLICATION_JSON).build();
    }

    private static byte[] document() {
        try (InputStream in = RootResource.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the bundle was built without " + DOCUMENT);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + DOCUMENT, e);
        }
    }

    private static Map<String, Object> version(String id, String url) {
        return Map.of(
                "id",
                id,
                "status",
                id.equals(VERSIONS.get(VERSIONS.size() - 1)) ? "CURRENT" : "SUPPORTED",
                "updated",
                UPDATED,
                "links",
                List.of(Map.of("href", url, "rel", "self")));
    }
}
