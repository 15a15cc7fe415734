// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.profile.ProfileDraft;

/** A draft as the text that the store keeps: sections and keys in INI form, line ends and backslashes escaped. */
public final class OverrideText {
    private static final Map<Character, String> ESCAPES = Map.of('\\', "\\\\", '\n', "\\n", '\r', "\\r");

    private OverrideText() {}

    public static String write(ProfileDraft draft) {
        StringBuilder text = new StringBuilder();
        for (ProfileDraft.Section section : draft.sections()) {
            text.append('[').append(escaped(section.title())).append("]\n");
            for (ProfileDraft.Entry entry : section.entries()) {
                text.append(escaped(entry.key()))
                        .append(" = ")
                        .append(escaped(entry.value()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when a line is neither a section nor a key
     */
    public static ProfileDraft read(String text, String origin) {
        List<ProfileDraft.Section> sections = new ArrayList<>();
        String title = "";
        List<ProfileDraft.Entry> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf(" = ");
            if (line.startsWith("[") && line.endsWith("]")) {
                flush(sections, title, entries);
                title = plain(line.substring(1, line.length() - 1));
            } else if (equals > 0 && !title.isEmpty()) {
                entries.add(
                        new ProfileDraft.Entry(plain(line.substring(0, equals)), plain(line.substring(equals + 3))));
            } else {
                throw new IllegalArgumentException("not a line of a stored profile: \"" + line + "\"");
            }
        }
        flush(sections, title, entries);
        return new ProfileDraft(origin, sections);
    }

    private static void flush(List<ProfileDraft.Section> sections, String title, List<ProfileDraft.Entry> entries) {
        if (!title.isEmpty()) {
            sections.add(new ProfileDraft.Section(title, entries));
        }
        entries.clear();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(ESCAPES.getOrDefault((char) c, String.valueOf((char) c))));
        return out.toString();
    }

    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                out.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
