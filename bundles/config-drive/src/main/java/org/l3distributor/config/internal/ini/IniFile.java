// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.ini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An INI file as it stands, in order and with repetitions.
 *
 * @param faults lines that could not be understood; the rest has been read nevertheless
 */
public record IniFile(List<Section> sections, List<LineFault> faults) {
    public static final IniFile EMPTY = new IniFile(List.of(), List.of());

    public IniFile {
        sections = List.copyOf(sections);
        faults = List.copyOf(faults);
    }

    /** One section header with the entries below it; the same title may come again. */
    public record Section(String title, int line, List<Entry> entries) {
        public Section {
            entries = List.copyOf(entries);
        }
    }

    public record Entry(String key, String value, int line) {
        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return key + " (line " + line + ")";
        }
    }

    /**
     * A line that isn't INI.
     *
     * @param section the section it is in, "" before the first
     * @param rule what a line must be; never quotes the line, which may hold a secret
     */
    public record LineFault(int line, String section, String rule) {}

    /** The value in force, not yet substituted: sections of one title are one, and the last value wins. */
    public @Nullable String raw(String title, String key) {
        String value = null;
        for (Section section : sections) {
            if (section.title().equals(title)) {
                for (Entry entry : section.entries()) {
                    value = entry.key().equals(key) ? entry.value() : value;
                }
            }
        }
        return value;
    }
}
