// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** An operation for a driver to fill in; the first result counts. */
public final class RunningOperation<T> implements Operation<T> {
    private final CompletableFuture<DriverResult<T>> result = new CompletableFuture<>();
    private final BooleanSupplier onCancel;
    private volatile Progress progress = Progress.WAITING;

    /** One that can't be taken back. */
    public RunningOperation() {
        this(() -> false);
    }

    /** @param onCancel asked at each {@link #cancel} before the result is there; says whether it will be taken back */
    public RunningOperation(BooleanSupplier onCancel) {
        this.onCancel = onCancel;
    }

    /** An operation that has ended. */
    public static <T> RunningOperation<T> ended(DriverResult<T> result) {
        RunningOperation<T> operation = new RunningOperation<>();
        operation.end(result);
        return operation;
    }

    public void progress(Progress.Phase phase, int done, int total, String text) {
        progress = new Progress(phase, done, total, text);
    }

    /** Runs the stages that wait for the result; false when there was one before. */
    public boolean end(DriverResult<T> ending) {
        return result.complete(ending);
    }

    /** A view that nobody can complete from outside. */
    @Override
    public CompletionStage<DriverResult<T>> result() {
        return result.minimalCompletionStage();
    }

    @Override
    public Progress progress() {
        return result.isDone() ? Progress.FINISHED : progress;
    }

    @Override
    public boolean cancel() {
        return !result.isDone() && onCancel.getAsBoolean();
    }
}
