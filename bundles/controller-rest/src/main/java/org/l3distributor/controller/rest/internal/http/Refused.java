// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.util.List;
import org.l3distributor.distributor.model.Refusal;

/**
 * Ends a call with an error answer. At this edge a refusal travels as an exception, so that every way out of a resource has
 * the same form; it carries no stack trace, because it is no fault of the program.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Refusal> reasons;

    /** The first reason gives the status. */
    public Refused(List<Refusal> reasons) {
        this(status(reasons.get(0)), reasons);
    }

    public Refused(Refusal reason) {
        this(List.of(reason));
    }

    public Refused(int status, String words) {
        this(status, List.of(Refusal.invalid("", null, words)));
    }

    private Refused(int status, List<Refusal> reasons) {
        super(reasons.get(0).rule(), null, false, false);
        this.status = status;
        this.reasons = List.copyOf(reasons);
    }

    private static int status(Refusal reason) {
        return switch (reason.kind()) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNSUPPORTED -> 501;
            case NOT_READY -> 503;
        };
    }

    public static Refused forbidden() {
        return new Refused(403, "Policy does not allow this request to be performed.");
    }

    public static Refused unauthorized() {
        return new Refused(401, "The request you have made requires authentication.");
    }

    public int status() {
        return status;
    }

    public List<Refusal> reasons() {
        return reasons;
    }
}
