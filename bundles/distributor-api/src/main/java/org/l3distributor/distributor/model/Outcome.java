// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.List;

/**
 * What became of a request: an expected refusal is a value, an exception is a fault.
 *
 * @param <T> what a done request gives
 */
public sealed interface Outcome<T> {
    /** It was done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It was refused, for every reason listed, and nothing changed. */
    record Refused<T>(List<Refusal> reasons) implements Outcome<T> {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal... reasons) {
        return new Refused<>(List.of(reasons));
    }

    static <T> Outcome<T> refused(List<Refusal> reasons) {
        return new Refused<>(reasons);
    }
}
