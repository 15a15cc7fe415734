// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

/** The lines of a configuration, with sections apart from each other. */
final class Lines {
    private final StringBuilder text = new StringBuilder();

    void comment(String words) {
        text.append("# ").append(words).append('\n');
    }

    void section(String title) {
        if (text.indexOf("\n") != text.length() - 1) { // not right below the first line
            text.append('\n');
        }
        text.append(title).append('\n');
    }

    void add(String line) {
        text.append("    ").append(line).append('\n');
    }

    String text() {
        return text.toString();
    }

    /** A text that somebody else wrote as one word of HAProxy's language, in which it can't end the line. */
    static String word(String given) {
        StringBuilder word = new StringBuilder(given.length());
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("a configuration can't hold the character "
                        + String.format("U+%04X", (int) c) + " at " + i + " of " + given.length());
            }
            if (c == ' ' || c == '\\' || c == '"' || c == '\'' || c == '#') {
                word.append('\\');
            }
            word.append(c);
        }
        return word.toString();
    }
}
