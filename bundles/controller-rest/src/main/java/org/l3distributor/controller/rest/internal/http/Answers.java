// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.http.json.JsonText;

/** Answers in Octavia's form. */
public final class Answers {
    /** Enough to mend a request by; a batch of a thousand wrong members isn't echoed. */
    private static final int SHOWN = 20;

    private Answers() {}

    public static Response json(int status, Object content) {
        try {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(JsonText.write(content))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("an answer can't be written as JSON", e);
        }
    }

    public static Response empty(int status) {
        return Response.status(status).build();
    }

    /** The fault as WSME writes it; every reason's sentence, the first one's status. */
    static Response fault(Refused refused) {
        List<Refusal> reasons = refused.reasons();
        String more = reasons.size() > SHOWN ? "; and " + (reasons.size() - SHOWN) + " more" : "";
        String words = reasons.stream().limit(SHOWN).map(Answers::sentence).collect(Collectors.joining("; ")) + more;
        Response answer = fault(refused.status(), words);
        return refused.status() == 401
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Keystone")
                        .build()
                : answer;
    }

    /** Rules of this API are whole sentences; those of other ports say what their field must be. */
    private static String sentence(Refusal reason) {
        boolean whole =
                reason.field().isEmpty() || !Character.isLowerCase(reason.rule().charAt(0)) || reason.value() == null;
        return whole || reason.rule().startsWith(reason.value())
                ? reason.rule()
                : reason.field() + " " + reason.value() + " " + reason.rule();
    }

    static Response fault(int status, String words) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("faultcode", status >= 500 ? "Server" : "Client");
        body.put("faultstring", words);
        body.put("debuginfo", null);
        return json(status, body);
    }
}
