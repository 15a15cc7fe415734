// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The one thread that decides, and its clock. Tasks run in the order given, one at a time, and must not wait. */
public interface Loop extends Executor {
    /** Runs the task on the loop after the delay; cancel it to have it not run. */
    Cancellable after(Duration delay, Runnable task);

    Instant now();

    /** What can be called off. */
    interface Cancellable {
        void cancel();
    }
}
