// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.util.regex.Pattern;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;
import org.l3distributor.http.ControllerDoor;

/**
 * Leads what comes through the controller's door below its prefix, and keeps all else out of there. A connector's name is
 * the prefix of its requests. A request that is dispatched again has been here before.
 */
final class Entrance extends HandlerWrapper {
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Object door = base.getAttribute(ControllerDoor.ATTRIBUTE);
        if (ControllerDoor.PREFIX.equals(door)) {
            // An asynchronous answer comes with the whiteboard's own view of the request, whose path has lost the
            // prefix:
            // the whiteboard would look for it outside.
            super.handle(target, base, base, base.getResponse());
            return;
        }
        if (door != null) {
            super.handle(target, base, request, response);
            return;
        }
        GoneClient.watch(base);
        String prefix = base.getHttpChannel().getConnector().getName();
        base.setAttribute(ControllerDoor.ATTRIBUTE, prefix == null ? "" : prefix);
        if (prefix != null) {
            String inside = ControllerDoor.inside(target);
            HttpURI uri = new HttpURI(base.getHttpURI());
            uri.setPathQuery(
                    ControllerDoor.inside(uri.getPath()) + (uri.getQuery() == null ? "" : "?" + uri.getQuery()));
            base.setHttpURI(uri);
            base.setPathInfo(inside);
            super.handle(inside, base, request, response);
        } else if (isBelow(target)) {
            base.setHandled(true);
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            super.handle(target, base, request, response);
        }
    }

    /** However it is written: Jetty has decoded it and taken the dots out, the whiteboard may do the rest. */
    private static boolean isBelow(String target) {
        String plain =
                SLASHES.matcher(PARAMETERS.matcher(target).replaceAll("")).replaceAll("/");
        return plain.equals(ControllerDoor.PREFIX) || plain.startsWith(ControllerDoor.PREFIX + "/");
    }
}
