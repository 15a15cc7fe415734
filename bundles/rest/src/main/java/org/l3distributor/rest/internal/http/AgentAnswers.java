// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.rest.internal.wire.AgentBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what a port of the amphora API replies to what the Octavia controller gets. Its client knows 400, 401, 403, 404,
 * 405, 409, 500 and 503 as errors and takes every other status for success.
 */
public final class AgentAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(AgentAnswers.class);

    /** The controller waits 60 s by default; what hasn't come by then is told in time. */
    private static final long PATIENCE_SECONDS = 50;

    private AgentAnswers() {}

    public static Response ok(int status) {
        return ok(status, null);
    }

    public static Response ok(int status, @Nullable String details) {
        return Answers.json(status, () -> new AgentBody.Said("OK", details));
    }

    /** The same with an ETag as Octavia's agent writes it: without the quotes that RFC 9110 section 8.8.3 wants. */
    public static Response tagged(Response answer, String md5) {
        return Response.fromResponse(answer).header("ETag", md5).build();
    }

    /**
     * The answer of a call that takes its time; no thread waits for it.
     *
     * @param words what is said where the port says nothing
     */
    public static <T> CompletionStage<Response> later(
            CompletionStage<Reply<T>> stage, Words words, Function<T, Response> done) {
        CompletableFuture<Reply<T>> future = stage.toCompletableFuture();
        CompletableFuture<Reply<T>> bounded =
                future.isDone() ? future : future.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return bounded.<Response>thenApply(reply -> answer(reply, words, done))
                .exceptionally(thrown -> failed(thrown, words));
    }

    private static <T> Response answer(Reply<T> reply, Words words, Function<T, Response> done) {
        if (reply instanceof Reply.Done<T> good) {
            return done.apply(good.value());
        }
        Reply.Refused<T> refused = (Reply.Refused<T>) reply;
        AgentBody.Said said = words.of(refused.kind(), refused.message(), refused.details());
        return Answers.json(status(refused.kind()), () -> said);
    }

    private static int status(Reply.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FAILED -> 500;
        };
    }

    private static Response failed(Throwable thrown, Words words) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof AgentRefused refused) {
            return Answers.json(refused.status(), refused::body);
        }
        String details = cause instanceof TimeoutException
                ? "no answer within " + PATIENCE_SECONDS + " s; it may still be done, and may be asked for again"
                : "a fault of the appliance; its log says more";
        if (!(cause instanceof TimeoutException)) {
            LOG.error("call failed", cause);
        }
        AgentBody.Said said = words.of(Reply.Kind.FAILED, null, details);
        return Answers.json(500, () -> said);
    }
}
