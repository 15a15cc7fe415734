// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** One process, told apart from any other that gets its number later. */
@ProviderType
public interface ProcessWatch extends AutoCloseable {
    long pid();

    /**
     * Completes within milliseconds of the end of the process, with the moment in which the kernel told of it; at once
     * when there is none. It fails with
     * {@link NetnsException} when the kernel can't watch it (ENOSYS before Linux 5.3), and never completes after
     * {@link #close}.
     */
    CompletionStage<Instant> ended();

    /**
     * Sends a signal to this very process; returns false when it has ended.
     *
     * @throws NetnsException when the kernel refuses
     * @throws IllegalStateException after {@link #close}
     */
    boolean signal(ProcessSignal signal);

    /** Stops watching; the process goes on. */
    @Override
    void close();
}
