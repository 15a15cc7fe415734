// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Takes in a request's whole body before anybody works on it, and holds no thread meanwhile: a dozen clients that stop
 * in the middle of a body would otherwise hold every thread there is. Long bodies come one at a time, because what
 * they are parsed to is many times as large as they are; short ones never wait for them.
 */
final class BodyIntake extends HandlerWrapper implements HttpChannel.Listener {
    private static final String TAKEN = BodyIntake.class.getName();

    private final Turns turns = new Turns();

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (base.getAttribute(TAKEN) instanceof Intake known) {
            super.handle(target, base, known.isHandedOver() ? request : known.handOver(request), response);
        } else if (hasBody(base)) {
            Intake intake = new Intake(base);
            base.setAttribute(TAKEN, intake);
            take(intake, target, base, request, response);
        } else {
            super.handle(target, base, request, response);
        }
    }

    private static boolean hasBody(Request base) {
        return base.getContentLengthLong() > 0 || base.getHeader(HttpHeader.TRANSFER_ENCODING.asString()) != null;
    }

    private void take(
            Intake intake, String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (intake.isHereAlready()) {
            super.handle(target, base, intake.handOver(request), response);
            return;
        }
        base.setHandled(true);
        AsyncContext waiting = base.startAsync();
        waiting.setTimeout(Intake.PATIENCE_MILLIS);
        waiting.addListener(intake);
        if (intake.isLong()) {
            turns.wait(intake, () -> intake.begin(waiting));
        } else {
            intake.begin(waiting);
        }
    }

    /** Called for every request, however it ended. */
    @Override
    public void onComplete(Request base) {
        if (base.getAttribute(TAKEN) instanceof Intake intake) {
            turns.end(intake);
        }
    }
}
