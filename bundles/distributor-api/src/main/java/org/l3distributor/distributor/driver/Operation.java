// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.concurrent.CompletionStage;

/**
 * An operation under way.
 *
 * @param <T> what it gives
 */
public interface Operation<T> {
    /** Completes on a thread of the driver's, and never exceptionally: what went wrong is a {@link DriverResult}. */
    CompletionStage<DriverResult<T>> result();

    /** How far it has come. */
    Progress progress();

    /**
     * Asks that it be taken back.
     *
     * @return true when it will be: the result is then {@link DriverResult.Cancelled}; false when it is too late or can't
     *     be taken back at all, and goes on
     */
    boolean cancel();
}
