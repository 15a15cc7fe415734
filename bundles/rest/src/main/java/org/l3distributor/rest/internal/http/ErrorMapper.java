// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.io.IOException;
import java.util.List;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a call into JSON. */
@Provider
public final class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    /** A proxy of the call at hand, put here by the JAX-RS runtime. */
    @Context
    private @Nullable UriInfo call;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Refused refused) {
            return Errors.response(refused.faults());
        }
        if (thrown instanceof AgentRefused refused) {
            return Answers.json(refused.status(), refused::body);
        }
        String path = call == null ? "" : call.getPath();
        if (thrown instanceof WebApplicationException routing) {
            return routing(routing.getResponse(), path);
        }
        if (thrown instanceof IOException) {
            // Only the connection can fail so: whoever asked is gone, and what was done stays done.
            LOG.debug("client gone path={} cause={}", path, thrown.toString());
        } else {
            LOG.error("call failed path={}", path, thrown);
        }
        return failure(path);
    }

    static Response routing(Response original, String path) {
        int status = original.getStatus();
        Response answer = ours(path)
                ? Errors.response(List.of(new Fault(status, code(status), "", null, rule(status))))
                : agents(status, original.getStatusInfo().getReasonPhrase());
        String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    /** Octavia's client takes 406 and 415 for success. */
    private static Response agents(int status, String name) {
        boolean known = status == 403 || status == 404 || status == 405 || status >= 500;
        return known ? Errors.plain(status, name, rule(status)) : Errors.plain(400, "Bad Request", rule(status));
    }

    static Response failure(String path) {
        String text = "the call failed by a fault of the appliance; its log says more";
        return ours(path)
                ? Errors.response(List.of(new Fault(500, "internal", "", null, text)))
                : Errors.plain(500, "Internal Server Error", text);
    }

    /** Below /1.0/distributor errors have our form, elsewhere that of Octavia's agent. */
    private static boolean ours(String path) {
        String plain = path.startsWith("/") ? path.substring(1) : path;
        return plain.equals("1.0/distributor") || plain.startsWith("1.0/distributor/");
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "unknown_path";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 415 -> "unsupported_media_type";
            default -> "invalid";
        };
    }

    private static String rule(int status) {
        return switch (status) {
            case 404 -> "there is no such resource; /openapi.json lists them all";
            case 405 -> "this resource doesn't know that method";
            case 406 -> "this resource is given as application/json only";
            case 415 -> "a body must be application/json in UTF-8";
            default -> "the request can't be understood";
        };
    }
}
