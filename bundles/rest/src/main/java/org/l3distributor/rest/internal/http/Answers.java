// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what a port gives to what the client gets. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** The core answers within 5 s; what hasn't come after this won't. */
    private static final long PATIENCE_SECONDS = 8;

    private Answers() {}

    public static Response ok(Supplier<Object> content) {
        return json(200, content);
    }

    public static Response json(int status, Supplier<Object> content) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new JsonBody(content))
                .build();
    }

    /**
     * The answer of a call that takes its time; no thread waits for it.
     *
     * @param absent the code of a refusal as not found
     */
    public static <T> CompletionStage<Response> later(
            CompletionStage<Outcome<T>> stage, String absent, Function<T, Response> done) {
        return whenDone(stage, outcome -> done.apply(value(outcome, absent)));
    }

    /** The same for a stage that can't be refused. */
    public static <T> CompletionStage<Response> whenDone(CompletionStage<T> stage, Function<T, Response> done) {
        return bounded(stage.thenApply(done)).handle(Answers::orError);
    }

    /**
     * The value of an outcome.
     *
     * @throws Refused when it is a refusal
     */
    public static <T> T value(Outcome<T> outcome, String absent) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new Refused(faults(((Outcome.Refused<T>) outcome).reasons(), absent));
    }

    public static List<Fault> faults(List<Refusal> refusals, String absent) {
        return refusals.stream().map(r -> Fault.of(r, absent)).toList();
    }

    private static CompletableFuture<Response> bounded(CompletionStage<Response> stage) {
        CompletableFuture<Response> future = stage.toCompletableFuture();
        return future.isDone() ? future : future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Response orError(@Nullable Response response, @Nullable Throwable thrown) {
        if (response != null) {
            return response;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Refused refused) {
            return Errors.response(refused.faults());
        }
        if (cause instanceof TimeoutException) {
            return Errors.response(List.of(new Fault(
                    503,
                    "timeout",
                    "",
                    null,
                    "no answer within " + PATIENCE_SECONDS
                            + " s; it may still be done, and the same call may be repeated safely")));
        }
        if (cause instanceof StoreException) {
            return Errors.response(List.of(
                    new Fault(503, "store_unavailable", "", null, "nothing was changed: " + cause.getMessage())));
        }
        LOG.error("call failed", cause);
        return ErrorMapper.failure("1.0/distributor");
    }
}
