// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Begins something as soon as it can be: a key that isn't there yet, or an address, is waited for, and why is told once for
 * each reason.
 */
final class Beginning implements AutoCloseable {
    /** One attempt. */
    interface Attempt {
        /** Gives what has begun; null while something is missing that tells by itself why. */
        @Nullable
        AutoCloseable begin() throws NotUsable;
    }

    private final Attempt attempt;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-begin");
        made.setDaemon(true);
        return made;
    });
    private volatile String told = ""; // written by the thread
    private volatile @Nullable AutoCloseable begun;

    Beginning(Attempt attempt, Duration pause) {
        this.attempt = attempt;
        var unused = thread.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something has changed: it is tried at once, unless it has begun. */
    void soon() {
        try {
            thread.execute(this::look);
        } catch (RejectedExecutionException e) {
            // It has begun, or is closed.
        }
    }

    private void look() {
        if (begun != null) {
            return;
        }
        try {
            AutoCloseable now = attempt.begin();
            told = "";
            if (now != null) {
                begun = now;
                thread.shutdown();
            }
        } catch (NotUsable e) {
            if (!told.equals(e.getMessage())) {
                told = String.valueOf(e.getMessage());
                ControllerLog.waits(e);
            }
        } catch (RuntimeException e) {
            ControllerLog.bug(e); // else nobody would look again
        }
    }

    /** Why it hasn't begun, in a sentence; empty when it has, and before the first attempt. */
    String waitsFor() {
        return begun == null ? told : "";
    }

    /** An attempt that runs is waited for, so that what it begins is ended here. */
    @Override
    public void close() throws Exception {
        thread.shutdown();
        boolean interrupted = false;
        for (boolean gone = false; !gone; ) {
            try {
                gone = thread.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        AutoCloseable running = begun;
        if (running != null) {
            running.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
