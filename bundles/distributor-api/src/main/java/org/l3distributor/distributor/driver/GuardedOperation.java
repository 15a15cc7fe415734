// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation of a driver that nobody need trust: it ends, whatever the driver does. The first ending counts. */
final class GuardedOperation<T> implements Operation<T> {
    private final String name;
    private final CompletableFuture<DriverResult<T>> result = new CompletableFuture<>();
    private volatile @Nullable Operation<T> inner;

    /** @param name for the reason of a failure, as {@code addVip of driver L3_BGP} */
    GuardedOperation(String name) {
        this.name = name;
    }

    /** Calls the driver, and ends with what it says. On the thread that may be held by it. */
    void begin(Supplier<Operation<T>> call) {
        if (result.isDone()) {
            return; // given up, or taken away, before its turn came
        }
        try {
            Operation<T> begun = call.get();
            inner = begun;
            begun.result().whenComplete(this::end);
        } catch (RuntimeException | LinkageError e) {
            fail("it threw " + e);
        }
    }

    private void end(@Nullable DriverResult<T> given, @Nullable Throwable thrown) {
        if (given == null) {
            fail(thrown == null ? "it gave no result" : "it threw " + thrown);
        } else {
            result.complete(given);
        }
    }

    /** It fails when there is no result after this while. */
    void within(long millis) {
        result.completeOnTimeout(failed("there is no result after " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
    }

    void fail(String reason) {
        result.complete(failed(reason));
    }

    private DriverResult<T> failed(String reason) {
        return new DriverResult.Failed<>(name + ": " + reason);
    }

    /** Runs when the result is there. */
    void afterwards(Runnable action) {
        CompletionStage<Void> unused = result.thenRun(action);
    }

    @Override
    public CompletionStage<DriverResult<T>> result() {
        return result.minimalCompletionStage();
    }

    /** What a driver can't say is as if it had said nothing. */
    @Override
    public Progress progress() {
        if (result.isDone()) {
            return Progress.FINISHED;
        }
        Operation<T> begun = inner;
        try {
            return begun == null ? Progress.WAITING : begun.progress();
        } catch (RuntimeException | LinkageError e) {
            return Progress.WAITING;
        }
    }

    @Override
    public boolean cancel() {
        Operation<T> begun = inner;
        try {
            return !result.isDone() && begun != null && begun.cancel();
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }
}
