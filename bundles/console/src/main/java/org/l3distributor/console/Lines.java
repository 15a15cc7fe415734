// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names with values, one a line, values in one column and broken at blanks before the terminal's edge. */
public final class Lines {
    private static final int NAME = 18;
    private static final int VALUE = Table.WIDTH - NAME;

    private final StringBuilder text = new StringBuilder();

    public Lines line(String name, Object value) {
        String label = name;
        for (String part : wrapped(value.toString(), VALUE)) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append((label + " ".repeat(Math.max(1, NAME - label.length())) + part).stripTrailing());
            label = "";
        }
        return this;
    }

    /** The text in lines of at most {@code width} characters, broken at blanks where there are any; one line at least. */
    static List<String> wrapped(String text, int width) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        do {
            int end = rest.length() <= width ? rest.length() : rest.lastIndexOf(' ', width);
            end = end > 0 ? end : Math.min(width, rest.length());
            parts.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        } while (!rest.isEmpty());
        return parts;
    }

    public Lines lineIfThere(String name, @Nullable Object value) {
        return value == null ? this : line(name, value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
