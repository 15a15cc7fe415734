// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.internal;

import org.jspecify.annotations.Nullable;

/** How a caller's value appears in a message: one line, bounded, so that it can neither flood nor forge a log. */
public final class Shown {
    private static final int MAX = 80;

    private Shown() {}

    public static String text(String value) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(value.length(), MAX);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            shown.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return value.length() > MAX ? shown + "... (" + value.length() + " characters)" : shown.toString();
    }

    public static @Nullable String orNull(@Nullable String value) {
        return value == null ? null : text(value);
    }
}
