// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.servlet.http.HttpServletRequest;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.controller.TokenValidator;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.http.ControllerDoor;

/** Finds out who calls. */
public final class Callers {
    /** How: by the token that OpenStack's clients send, or, on this host only, not at all. */
    public enum Mode {
        TOKEN,
        NONE;

        /** @throws IllegalArgumentException unless it is {@code token} or {@code none} */
        public static Mode of(String word) {
            try {
                return valueOf(word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("auth=" + word + ": it must be token or none", e);
            }
        }
    }

    private final Mode mode;
    private final String project;
    private final Port<TokenValidator> validator;

    /** @param project without authentication: the project of who names none in {@code X-Project-Id} */
    public Callers(Mode mode, String project, Port<TokenValidator> validator) {
        this.mode = mode;
        this.project = project;
        this.validator = validator;
    }

    /** @throws Refused (also later, by the stage) with 401, 403, 404 or 503 */
    CompletionStage<Caller> caller(HttpServletRequest request) {
        if (!ControllerDoor.PREFIX.equals(request.getAttribute(ControllerDoor.ATTRIBUTE))) {
            throw new Refused(404, "The resource could not be found.");
        }
        return switch (mode) {
            case NONE -> CompletableFuture.completedFuture(local(request));
            case TOKEN -> {
                String token = request.getHeader("X-Auth-Token");
                if (token == null || token.isEmpty()) {
                    throw Refused.unauthorized();
                }
                yield validator.get().validate(token).thenApply(Callers::known);
            }
        };
    }

    private static Caller known(Outcome<Caller> outcome) {
        if (outcome instanceof Outcome.Done<Caller> done) {
            return done.value();
        }
        Refusal reason = ((Outcome.Refused<Caller>) outcome).reasons().get(0);
        throw reason.kind() == Refusal.Kind.NOT_READY ? new Refused(reason) : Refused.unauthorized();
    }

    /** Whoever is on this host, and says nothing of coming from elsewhere through a proxy that runs here. */
    private Caller local(HttpServletRequest request) {
        boolean near = isLoopback(request.getRemoteAddr()) && isLoopback(request.getLocalAddr());
        if (!near || request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null) {
            throw new Refused(403, "Without authentication this API answers on a loopback address only.");
        }
        String wanted = request.getHeader("X-Project-Id");
        return new Caller(wanted == null || wanted.isEmpty() ? project : wanted, Set.of("admin"));
    }

    private static boolean isLoopback(String literal) {
        try {
            return InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
