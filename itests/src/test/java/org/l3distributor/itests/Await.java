// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for something outside of this process: bounded, and whoever waited in vain says what it saw last. */
final class Await {
    private static final long PAUSE_NANOS = 5_000_000;

    private Await() {}

    static void until(String what, Duration limit, Callable<Boolean> condition, Callable<Object> seen)
            throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(what + ": not so after " + limit.toSeconds() + " s; seen: " + seen.call());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
