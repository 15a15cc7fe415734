// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/** Columns' texts and what they mean. A text that means nothing is a fault of the row, and says which. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> E of(Class<E> type, String text, String row) {
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("row " + row + ": unknown " + type.getSimpleName() + " " + text, e);
        }
    }

    static <E extends Enum<E>> @Nullable E ofNullable(Class<E> type, @Nullable String text, String row) {
        return text == null ? null : of(type, text, row);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static @Nullable IpAddress address(@Nullable String text, String row) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("row " + row + ": no address: " + text, e);
        }
    }

    /** A list without commas in its parts, as one text. */
    static String joined(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).toList();
    }
}
