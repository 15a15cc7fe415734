// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call from its beginning, who calls, to its end, an answer; no HTTP thread waits meanwhile. */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    /** A service answers when its transaction is done. */
    private static final long PATIENCE_SECONDS = 15;

    private final Callers callers;

    public Calls(Callers callers) {
        this.callers = callers;
    }

    /** Does the work for whoever calls; what it throws, or its stage fails with, becomes the answer. */
    public CompletionStage<Response> as(HttpServletRequest request, Function<Caller, CompletionStage<Response>> work) {
        return callers.caller(request)
                .thenCompose(work)
                .toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle(Calls::orError);
    }

    /** The same for what administrators only may do. */
    public CompletionStage<Response> asAdmin(HttpServletRequest request, Supplier<CompletionStage<Response>> work) {
        return as(request, caller -> {
            Policy.admin(caller);
            return work.get();
        });
    }

    /** The same for what needs no waiting. */
    public CompletionStage<Response> now(HttpServletRequest request, Function<Caller, Response> work) {
        return as(request, caller -> CompletableFuture.completedFuture(work.apply(caller)));
    }

    /** The stage of an outcome's value; it fails with {@link Refused}. */
    public static <T> CompletionStage<T> value(CompletionStage<Outcome<T>> stage) {
        return stage.thenApply(Calls::value);
    }

    /** @throws Refused when it was refused */
    public static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new Refused(((Outcome.Refused<T>) outcome).reasons());
    }

    private static Response orError(@Nullable Response response, @Nullable Throwable thrown) {
        if (response != null) {
            return response;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Refused refused) {
            return Answers.fault(refused);
        }
        if (cause instanceof TimeoutException) {
            return Answers.fault(new Refused(Refusal.notReady("No answer within " + PATIENCE_SECONDS
                    + " s; it may still be done, and what became of it can be looked up")));
        }
        LOG.error("call failed", cause);
        return ErrorMapper.failure();
    }
}
