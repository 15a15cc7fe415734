// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.l3distributor.client.CallResult;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** What drivers and amphorae answer, as the result of an effect. */
final class Answers {
    private final Effect effect;

    Answers(Effect effect) {
        this.effect = effect;
    }

    CompletableFuture<Result> now(Result result) {
        return CompletableFuture.completedFuture(result);
    }

    Result later(String reason) {
        return new Result.Later(effect, reason);
    }

    /** Goes on with the value of what was done. */
    <T> CompletionStage<Result> then(CompletionStage<Outcome<T>> stage, Function<T, CompletionStage<Result>> next) {
        return stage.thenCompose(outcome -> outcome instanceof Outcome.Done<T> done
                ? next.apply(done.value())
                : now(refused(((Outcome.Refused<T>) outcome).reasons())));
    }

    /** What isn't there and what isn't free may be another time; what is wrong stays wrong. */
    private Result refused(List<Refusal> reasons) {
        boolean wrong = reasons.stream()
                .anyMatch(r -> r.kind() == Refusal.Kind.INVALID || r.kind() == Refusal.Kind.UNSUPPORTED);
        return wrong ? new Result.Never(effect, words(reasons)) : later(words(reasons));
    }

    private static String words(List<Refusal> reasons) {
        return reasons.stream().map(Refusal::rule).collect(Collectors.joining("; "));
    }

    /**
     * Of a distributor.
     *
     * @param whole whether it must be so everywhere, and not only be wanted
     */
    <T> Result distributed(DriverResult<T> result, boolean whole) {
        if (result instanceof DriverResult.Done<T>) {
            return new Result.Done(effect);
        } else if (result instanceof DriverResult.Unfinished<T> unfinished) {
            return whole ? later(String.join("; ", unfinished.reasons())) : new Result.Done(effect);
        } else if (result instanceof DriverResult.Refused<T> refused) {
            return refused(refused.reasons());
        } else if (result instanceof DriverResult.Failed<T> failed) {
            return later(failed.reason());
        }
        return later("it was taken back");
    }

    /** Of an amphora: what it refuses with one of {@code never} won't be taken another time. */
    <T> Result answered(CallResult<T> result, List<Integer> never) {
        if (result instanceof CallResult.Answered<T>) {
            return new Result.Done(effect);
        } else if (result instanceof CallResult.Rejected<T> rejected) {
            String words = "status " + rejected.status() + ": " + rejected.message();
            return never.contains(rejected.status()) ? new Result.Never(effect, words) : later(words);
        }
        return later(((CallResult.Unavailable<T>) result).reason());
    }
}
