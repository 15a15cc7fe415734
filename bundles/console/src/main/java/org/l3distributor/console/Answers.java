// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.l3distributor.distributor.model.Outcome;

/** Waits for a port's answer and takes refusals out of it. */
public final class Answers {
    /** The ports answer within five seconds; twice that is a fault of the appliance. */
    private static final int SECONDS = 10;

    private Answers() {}

    public static <T> T done(Outcome<T> outcome) throws CommandRefused {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw CommandRefused.of(((Outcome.Refused<T>) outcome).reasons());
    }

    public static <T> T done(CompletionStage<Outcome<T>> stage) throws CommandRefused, InterruptedException {
        return done(await(stage));
    }

    public static <T> T await(CompletionStage<T> stage) throws CommandRefused, InterruptedException {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandRefused("no answer within " + SECONDS + " s; what was asked may still be done");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandRefused("failed: " + (cause.getMessage() == null ? cause : cause.getMessage()));
        }
    }
}
