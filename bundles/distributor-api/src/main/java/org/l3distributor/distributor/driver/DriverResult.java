// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;
import org.l3distributor.distributor.model.Refusal;

/**
 * How an operation ended.
 *
 * @param <T> what it gives
 */
public sealed interface DriverResult<T> {
    /** All of it is so. */
    record Done<T>(T value) implements DriverResult<T> {}

    /**
     * It is durably wanted, and not yet so everywhere; the driver goes on by itself.
     *
     * @param reasons what is in the way, for an operator
     */
    record Unfinished<T>(T value, List<String> reasons) implements DriverResult<T> {
        public Unfinished {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("what is unfinished has a reason");
            }
        }
    }

    /** It may not be, for every reason listed, and nothing changed. */
    record Refused<T>(List<Refusal> reasons) implements DriverResult<T> {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }

    /** It isn't known to have changed anything: the records can't be reached, or the driver was closed. Try again. */
    record Failed<T>(String reason) implements DriverResult<T> {}

    /** It was taken back. */
    record Cancelled<T>(T value) implements DriverResult<T> {}

    static <T> DriverResult<T> refused(Refusal... reasons) {
        return new Refused<>(List.of(reasons));
    }

    /** Done when there is nothing in the way. */
    static <T> DriverResult<T> of(T value, List<String> reasons) {
        return reasons.isEmpty() ? new Done<>(value) : new Unfinished<>(value, reasons);
    }
}
