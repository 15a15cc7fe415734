// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.config.internal.ini.IniFile;
import org.l3distributor.config.internal.ini.IniParser;
import org.l3distributor.config.internal.ini.Substitution;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;

/** One of the agent's INI files, parsed, with its references replaced. Pure. */
final class AgentFile {
    private static final String NOT_SET =
            "refers with '$' to a key that isn't set, or in a circle; write $$ for a dollar sign";

    private final String origin;
    private final IniFile file;
    private final Substitution substitution;
    private final List<ProfileFault> faults;

    /**
     * @param origin the path that the file has on an instance
     * @param faults takes what is wrong with the file
     */
    AgentFile(String origin, String text, List<ProfileFault> faults) {
        this.origin = origin;
        this.file = IniParser.parse(text);
        this.substitution = new Substitution(file);
        this.faults = faults;
        for (IniFile.LineFault fault : file.faults()) {
            faults.add(new ProfileFault(origin + ":" + fault.line(), fault.section(), "", null, fault.rule()));
        }
    }

    /** True when a line could not be read: nobody knows what was meant by it. */
    boolean isBroken() {
        return !file.faults().isEmpty();
    }

    /** The value in force, null when there is none or it is empty. */
    @Nullable
    String value(String section, String key) {
        String raw = file.raw(section, key);
        if (raw == null || raw.isEmpty()) {
            return null;
        }
        String value = substitution.apply(section, raw);
        if (value == null) {
            fault(section, key, ProfileRules.isSecret(key) ? "****" : raw, NOT_SET);
        }
        return value;
    }

    /** The keys of a section that aren't among the known ones. */
    List<String> unknownKeys(String section, Set<String> known) {
        return file.sections().stream()
                .filter(s -> s.title().equals(section))
                .flatMap(s -> s.entries().stream())
                .map(IniFile.Entry::key)
                .filter(key -> !known.contains(key))
                .toList();
    }

    void fault(String section, String key, @Nullable String value, String rule) {
        faults.add(new ProfileFault(origin, section, key, value, rule));
    }

    /** The sections that are meant for the profile, as they stand: repetitions are the profile's to judge. */
    ProfileDraft profile() {
        List<ProfileDraft.Section> sections = new ArrayList<>();
        for (IniFile.Section section : file.sections()) {
            if (ProfileRules.concerns(section.title())) {
                sections.add(new ProfileDraft.Section(
                        section.title(),
                        section.entries().stream().map(e -> entry(section, e)).toList()));
            }
        }
        return new ProfileDraft(origin, sections);
    }

    private ProfileDraft.Entry entry(IniFile.Section section, IniFile.Entry entry) {
        String value = substitution.apply(section.title(), entry.value());
        if (value == null) {
            fault(section.title(), entry.key(), ProfileRules.isSecret(entry.key()) ? "****" : entry.value(), NOT_SET);
        }
        return new ProfileDraft.Entry(entry.key(), value == null ? entry.value() : value);
    }
}
