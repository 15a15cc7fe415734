// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.io.IOException;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a call into JSON. */
@Provider
public final class ErrorMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Refused refused) {
            return Answers.fault(refused);
        }
        if (thrown instanceof WebApplicationException routing) {
            return routing(routing.getResponse());
        }
        if (thrown instanceof IOException) {
            // Only the connection can fail so: whoever asked is gone, and what was done stays done.
            LOG.debug("client gone cause={}", thrown.toString());
        } else {
            LOG.error("call failed", thrown);
        }
        return failure();
    }

    static Response failure() {
        return Answers.fault(500, "The controller failed on this call; its log tells more. It may be repeated");
    }

    private static Response routing(Response original) {
        String words = switch (original.getStatus()) {
            case 404 -> "The resource could not be found.";
            case 405 -> "The method is not allowed for this resource.";
            case 406 -> "This resource is given as application/json only.";
            case 415 -> "A body must be application/json in UTF-8.";
            default -> "The request can't be understood.";
        };
        Response answer = Answers.fault(original.getStatus(), words);
        String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }
}
