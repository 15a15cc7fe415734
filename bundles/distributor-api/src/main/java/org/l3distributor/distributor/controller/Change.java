// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/**
 * A field of a change.
 *
 * @param given false: it stays as it is
 * @param value what it becomes; null: it is taken away, where that is possible
 */
public record Change<T>(boolean given, @Nullable T value) {
    public static <T> Change<T> keep() {
        return new Change<>(false, null);
    }

    public static <T> Change<T> to(@Nullable T value) {
        return new Change<>(true, value);
    }

    /** For a field that always has a value. */
    public T or(T old) {
        return given && value != null ? value : old;
    }

    /** For a field that may have none. */
    public @Nullable T orNull(@Nullable T old) {
        return given ? value : old;
    }
}
