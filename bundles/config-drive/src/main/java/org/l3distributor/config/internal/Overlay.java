// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;

/**
 * The ConfigAdmin configuration {@code org.l3distributor.profile}: properties {@code SECTION/KEY} that replace or add
 * single keys of the file's profile. It may hold no password: ConfigAdmin keeps and shows what it is given.
 */
record Overlay(SortedMap<String, String> values) {
    static final String PID = "org.l3distributor.profile";
    static final Overlay NONE = new Overlay(new TreeMap<>());

    /** Takes the properties that are meant for the profile out of a component's. */
    static Overlay of(Map<String, ?> properties) {
        SortedMap<String, String> values = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.indexOf('/') > 0 || ProfileRules.concerns(name)) {
                values.put(name, String.valueOf(value));
            }
        });
        return new Overlay(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** What must not be in an overlay at all. */
    List<ProfileFault> faults() {
        List<ProfileFault> faults = new ArrayList<>();
        values.forEach((name, value) -> {
            if (name.indexOf('/') <= 0) {
                faults.add(new ProfileFault(PID, name, "", null, "a property's name is SECTION/KEY"));
            } else if (ProfileRules.isSecret(key(name))) {
                faults.add(new ProfileFault(
                        PID, section(name), key(name), "****", "a password may stand in the agent's file only"));
            }
        });
        return faults;
    }

    ProfileDraft over(ProfileDraft file) {
        List<ProfileDraft.Section> sections = new ArrayList<>();
        SortedMap<String, String> left = new TreeMap<>(values);
        for (ProfileDraft.Section section : file.sections()) {
            List<ProfileDraft.Entry> entries = new ArrayList<>();
            for (ProfileDraft.Entry entry : section.entries()) {
                String value = left.remove(section.title() + "/" + entry.key());
                entries.add(value == null ? entry : new ProfileDraft.Entry(entry.key(), value));
            }
            entries.addAll(take(left, section.title()));
            sections.add(new ProfileDraft.Section(section.title(), entries));
        }
        while (!left.isEmpty()) {
            String title = section(left.firstKey());
            sections.add(new ProfileDraft.Section(title, take(left, title)));
        }
        return new ProfileDraft(file.origin(), sections);
    }

    /** What is left for a section; it is left no more afterwards. */
    private static List<ProfileDraft.Entry> take(SortedMap<String, String> left, String title) {
        List<ProfileDraft.Entry> entries = new ArrayList<>();
        left.forEach((name, value) -> {
            if (section(name).equals(title)) {
                entries.add(new ProfileDraft.Entry(key(name), value));
            }
        });
        left.keySet().removeIf(name -> section(name).equals(title));
        return entries;
    }

    /** The fault under this configuration's name when its value comes from here. */
    ProfileFault named(ProfileFault fault) {
        @Nullable String mine = values.get(fault.section() + "/" + fault.key());
        return mine == null ? fault : new ProfileFault(PID, fault.section(), fault.key(), fault.value(), fault.rule());
    }

    private static String section(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static String key(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
