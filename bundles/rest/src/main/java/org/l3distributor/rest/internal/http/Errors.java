// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.rest.internal.wire.ErrorBody;

/** The one form of an error answer. */
final class Errors {
    /** The gravest first: it gives the answer its status. */
    private static final List<Integer> GRAVITY = List.of(503, 403, 413, 415, 400, 404, 409);

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "Invalid request",
            403, "Forbidden",
            404, "Not found",
            405, "Method not allowed",
            406, "Not acceptable",
            409, "Conflict",
            413, "Body too large",
            415, "Unsupported media type",
            503, "Not ready");

    /** Enough to mend a list by; a bulk of ten thousand wrong rows isn't echoed. */
    private static final int SHOWN = 100;

    private Errors() {}

    static Response response(List<Fault> faults) {
        Fault first = gravest(faults);
        return Response.status(first.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new JsonBody(() -> body(first, faults)))
                .build();
    }

    static ErrorBody body(Fault first, List<Fault> faults) {
        String more = faults.size() > SHOWN ? "; and " + (faults.size() - SHOWN) + " more" : "";
        return new ErrorBody(
                MESSAGES.getOrDefault(first.status(), "Error"),
                faults.stream().limit(SHOWN).map(Fault::text).collect(Collectors.joining("; ")) + more,
                first.code(),
                first.field(),
                first.value(),
                first.rule(),
                faults.stream()
                        .limit(SHOWN)
                        .map(f -> new ErrorBody.Item(f.code(), f.field(), f.value(), f.rule()))
                        .toList());
    }

    /** The form that Octavia's agent gives an error of routing: it has no resource to speak for it. */
    static Response plain(int status, String name, String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", status + " " + name + ": " + text);
        body.put("http_code", status);
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new JsonBody(() -> body))
                .build();
    }

    private static Fault gravest(List<Fault> faults) {
        return faults.stream()
                .min((a, b) -> Integer.compare(rank(a.status()), rank(b.status())))
                .orElseThrow();
    }

    private static int rank(int status) {
        int place = GRAVITY.indexOf(status);
        return place < 0 ? GRAVITY.size() : place;
    }
}
