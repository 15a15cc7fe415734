// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal;

import java.util.ArrayList;
import java.util.List;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileRules;

/**
 * Reads a profile as the agent's file has it: {@code [section]}, {@code key = value} or {@code key: value}, comments
 * with '#' or ';', and indented lines that continue a value. Sections that aren't the profile's are left out, so that
 * an agent's whole file will do.
 */
public final class Ini {
    private final String origin;
    private final List<ProfileDraft.Section> sections = new ArrayList<>();
    private String title = "";
    private List<ProfileDraft.Entry> entries = new ArrayList<>();

    private Ini(String origin) {
        this.origin = origin;
    }

    /**
     * @param origin the file's name, for messages
     * @throws CommandRefused with the number of the line that is none of these
     */
    public static ProfileDraft read(String origin, List<String> lines) throws CommandRefused {
        Ini ini = new Ini(origin);
        for (int i = 0; i < lines.size(); i++) {
            ini.line(i + 1, lines.get(i));
        }
        ini.endSection();
        return new ProfileDraft(origin, ini.sections);
    }

    private void line(int number, String line) throws CommandRefused {
        String text = line.strip();
        if (text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';') {
            return;
        }
        if (Character.isWhitespace(line.charAt(0))) {
            continuation(number, text);
        } else if (text.charAt(0) == '[') {
            if (!text.endsWith("]")) {
                throw fault(number, "a section's title ends with ']'");
            }
            endSection();
            title = text.substring(1, text.length() - 1).strip();
        } else {
            entry(number, text);
        }
    }

    private void continuation(int number, String text) throws CommandRefused {
        if (entries.isEmpty()) {
            throw fault(number, "an indented line continues a value, and there is none before it");
        }
        ProfileDraft.Entry last = entries.remove(entries.size() - 1);
        entries.add(new ProfileDraft.Entry(last.key(), last.value() + "\n" + text));
    }

    private void entry(int number, String text) throws CommandRefused {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        int end = equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
        if (end < 1) {
            throw fault(number, "must be [section], key = value, or a comment with '#'");
        }
        if (title.isEmpty()) {
            throw fault(number, "a key stands below a section");
        }
        entries.add(new ProfileDraft.Entry(
                text.substring(0, end).strip(), text.substring(end + 1).strip()));
    }

    private void endSection() {
        if (!title.isEmpty() && ProfileRules.concerns(title)) {
            sections.add(new ProfileDraft.Section(title, entries));
        }
        entries = new ArrayList<>();
    }

    private CommandRefused fault(int number, String rule) {
        return new CommandRefused(origin + " line " + number + ": " + rule);
    }
}
