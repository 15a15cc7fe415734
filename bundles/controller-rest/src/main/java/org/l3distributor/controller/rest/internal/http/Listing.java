// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriBuilder;
import javax.ws.rs.core.UriInfo;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.http.ControllerDoor;
import org.l3distributor.http.json.JsonText;

/** One thing or a page of a list, with all fields or those that were asked for. */
public final class Listing {
    /** Rows of a page when none, or more, are asked for; the client follows the links. */
    public static final int MOST = 1_000;

    private Listing() {}

    /**
     * What is asked for, within what the caller may see.
     *
     * @throws Refused when the query is wrong, or names a project whose things the caller may not see
     */
    public static ListQuery query(Caller caller, UriInfo call, Set<String> attributes) {
        ListQuery query = query(call, attributes);
        if (Policy.readsAll(caller)) {
            return query;
        }
        String project =
                query.filters().getOrDefault("project_id", query.filters().get("tenant_id"));
        Policy.read(caller, project == null ? caller.projectId() : project);
        return query.of(caller.projectId());
    }

    /**
     * What an administrator asks for.
     *
     * @throws Refused when the query is wrong
     */
    public static ListQuery query(UriInfo call, Set<String> attributes) {
        return Calls.value(ListQuery.read(call.getQueryParameters(), attributes, MOST));
    }

    /** One thing below its name. */
    public static Response one(int status, String name, Object body, UriInfo call) {
        return Answers.json(status, Map.of(name, fields(body, call)));
    }

    /** A page below its name, with links to those beside it. */
    public static <T> Response page(
            String name,
            List<T> rows,
            Function<T, Object> body,
            Function<T, String> id,
            ListQuery query,
            UriInfo call,
            HttpServletRequest request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, rows.stream().map(row -> fields(body.apply(row), call)).toList());
        List<Map<String, String>> links = new ArrayList<>();
        if (!rows.isEmpty() && query.marker() != null) {
            links.add(link(request, call, "previous", id.apply(rows.get(0)), query.limit()));
        }
        if (rows.size() >= query.limit()) {
            links.add(link(request, call, "next", id.apply(rows.get(rows.size() - 1)), query.limit()));
        }
        answer.put(name + "_links", links);
        return Answers.json(200, answer);
    }

    /** To the same list from another row on; filters and order stay, or the page would be one of another list. */
    private static Map<String, String> link(
            HttpServletRequest request, UriInfo call, String rel, String marker, int limit) {
        UriBuilder link = UriBuilder.fromUri(url(request));
        call.getQueryParameters().forEach((name, values) -> link.queryParam(name, values.toArray()));
        link.replaceQueryParam("limit", limit).replaceQueryParam("marker", marker);
        link.replaceQueryParam("page_reverse", rel.equals("previous") ? new Object[] {"True"} : new Object[0]);
        return Map.of("rel", rel, "href", link.build().toString());
    }

    /** The URL as the client knows it. */
    public static String url(HttpServletRequest request) {
        return request.getRequestURL().toString().replaceFirst("(?<=[^/:])" + ControllerDoor.PREFIX + "(?=/|$)", "");
    }

    private static Object fields(Object body, UriInfo call) {
        Map<String, Object> all = JsonText.map(body);
        List<String> wanted = call.getQueryParameters().get("fields");
        if (wanted != null) {
            Set<String> names = Set.copyOf(wanted.stream()
                    .flatMap(f -> List.of(f.split(",", -1)).stream())
                    .toList());
            all.keySet().retainAll(names);
        }
        return all;
    }
}
