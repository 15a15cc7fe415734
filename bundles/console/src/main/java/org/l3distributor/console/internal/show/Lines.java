// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import org.jspecify.annotations.Nullable;

/** Names with values, one a line, values in one column and broken at blanks before the terminal's edge. */
final class Lines {
    private static final int NAME = 18;
    private static final int VALUE = Table.WIDTH - NAME;

    private final StringBuilder text = new StringBuilder();

    Lines line(String name, Object value) {
        String rest = value.toString();
        String label = name;
        do {
            int end = rest.length() <= VALUE ? rest.length() : rest.lastIndexOf(' ', VALUE);
            end = end > 0 ? end : Math.min(VALUE, rest.length());
            text.append(text.isEmpty() ? "" : "\n")
                    .append((label + " ".repeat(Math.max(1, NAME - label.length())) + rest.substring(0, end))
                            .stripTrailing());
            rest = rest.substring(end).strip();
            label = "";
        } while (!rest.isEmpty());
        return this;
    }

    Lines lineIfThere(String name, @Nullable Object value) {
        return value == null ? this : line(name, value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
