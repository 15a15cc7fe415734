// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.ini;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads INI text by the rules of oslo.config: a comment is a whole line that begins with '#' or ';' (inside of a value
 * both are literal); {@code key = value} or {@code key: value}, whichever sign comes first; an indented line continues
 * the value above; one pair of quotes around a value is taken off; titles and keys are case-sensitive.
 */
public final class IniParser {
    private final List<IniFile.Section> sections = new ArrayList<>();
    private final List<IniFile.LineFault> faults = new ArrayList<>();

    private @Nullable String title;
    private int titleLine;
    private List<IniFile.Entry> entries = new ArrayList<>();

    private @Nullable String key;
    private int keyLine;
    private StringBuilder value = new StringBuilder();
    private int line;

    private IniParser() {}

    public static IniFile parse(String text) {
        IniParser parser = new IniParser();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String one : plain.split("\r\n|\n|\r", -1)) {
            parser.line++;
            parser.accept(one.stripTrailing());
        }
        parser.endEntry();
        parser.endSection();
        return new IniFile(parser.sections, parser.faults);
    }

    private void accept(String text) {
        if (text.isEmpty()) {
            endEntry();
        } else if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
            continuation(text.strip());
        } else {
            endEntry();
            switch (text.charAt(0)) {
                case '[' -> header(text);
                case '#', ';' -> {}
                default -> assignment(text);
            }
        }
    }

    private void continuation(String text) {
        if (key == null) {
            fault("an indented line continues the value above it, and there is none");
        } else {
            value.append('\n').append(text);
        }
    }

    private void header(String text) {
        endSection();
        if (!text.endsWith("]")) {
            fault("a section is [TITLE]: the closing bracket is missing");
            title = null;
        } else if (text.length() == 2) {
            fault("a section is [TITLE]: the title is missing");
            title = null;
        } else {
            title = text.substring(1, text.length() - 1);
            titleLine = line;
        }
    }

    private void assignment(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=');
        int sign = colon < 0 || (equals >= 0 && equals < colon) ? equals : colon;
        if (sign < 0) {
            fault("a line is KEY = VALUE, a [section] or a comment");
        } else if (text.substring(0, sign).isBlank()) {
            fault("there is no key before the '" + text.charAt(sign) + "'");
        } else {
            key = text.substring(0, sign).strip();
            keyLine = line;
            value = new StringBuilder(unquoted(text.substring(sign + 1).strip()));
            if (title == null && sections.isEmpty() && faults.isEmpty()) {
                fault("a key must stand in a [section]");
            }
        }
    }

    private static String unquoted(String text) {
        boolean quote = !text.isEmpty() && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        if (!quote || text.charAt(0) != text.charAt(text.length() - 1)) {
            return text;
        }
        return text.length() == 1 ? "" : text.substring(1, text.length() - 1);
    }

    private void endEntry() {
        if (key != null) {
            entries.add(new IniFile.Entry(key, value.toString(), keyLine));
            key = null;
        }
    }

    private void endSection() {
        if (title != null) {
            sections.add(new IniFile.Section(title, titleLine, entries));
        }
        entries = new ArrayList<>();
    }

    private void fault(String rule) {
        faults.add(new IniFile.LineFault(line, title == null ? "" : title, rule));
    }
}
