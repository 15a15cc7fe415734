// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import org.l3distributor.rest.internal.wire.AgentBody;

/** Ends a call of the amphora API with an error answer, as {@link Refused} does below /1.0/distributor. */
public final class AgentRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Object body;

    private AgentRefused(int status, Object body) {
        super(body.toString(), null, false, false);
        this.status = status;
        this.body = body;
    }

    public static AgentRefused with(int status, AgentBody.Said said) {
        return new AgentRefused(status, said);
    }

    /** In the form that Octavia's agent has for a request of which it can't make a call. */
    public static AgentRefused badRequest(String description, String details) {
        return new AgentRefused(400, new AgentBody.Problem("400 Bad Request: " + description, 400, details));
    }

    /** For a call that this appliance doesn't have: as if there were no such path. */
    public static AgentRefused absent(String why) {
        return new AgentRefused(404, new AgentBody.Problem("404 Not Found: " + why, 404, null));
    }

    public int status() {
        return status;
    }

    public Object body() {
        return body;
    }
}
