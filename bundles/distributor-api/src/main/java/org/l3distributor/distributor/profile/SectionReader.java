// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;

/** Reads the keys of one section and collects what is wrong with them. */
final class SectionReader {
    private static final int LONGEST_DESCRIPTION = 255;

    private final String origin;
    private final String title;
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<ProfileFault> faults;

    SectionReader(
            String origin, ProfileDraft.Section section, String name, List<String> known, List<ProfileFault> faults) {
        this.origin = origin;
        this.title = section.title();
        this.name = name;
        this.faults = faults;
        for (ProfileDraft.Entry entry : section.entries()) {
            if (!known.contains(entry.key())) {
                faults.add(fault(entry.key(), entry.value(), unknown(entry.key(), known)));
            } else if (values.putIfAbsent(entry.key(), entry.value().strip()) != null) {
                faults.add(fault(entry.key(), entry.value(), "is given twice; say it once"));
            }
        }
    }

    private static String unknown(String key, List<String> known) {
        String meant = ProfileKeys.nearest(key, known);
        return "is not a known key"
                + (meant == null ? "; known are " + String.join(", ", known) : "; did you mean " + meant + "?");
    }

    /** What follows the ':' in the title. */
    String name() {
        return name;
    }

    String title() {
        return title;
    }

    void fault(String key, String rule) {
        faults.add(fault(key, values.get(key), rule));
    }

    private ProfileFault fault(String key, @Nullable String value, String rule) {
        boolean hidden = value != null && ProfileKeys.isSecret(key);
        return new ProfileFault(
                Shown.text(origin), Shown.text(title), Shown.text(key), hidden ? "****" : Shown.orNull(value), rule);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value; null when it is missing, or empty, which is a fault. */
    @Nullable
    String text(String key) {
        String value = values.get(key);
        if (value != null && value.isEmpty()) {
            fault(key, "must not be empty; leave the key out if you don't need it");
            return null;
        }
        return value;
    }

    /** The value that must be there; what it must be follows "is required: ". */
    @Nullable
    String required(String key, String what) {
        if (!has(key)) {
            fault(key, "is required: " + what);
            return null;
        }
        return text(key);
    }

    /** The value as the parser reads it; null when it isn't there or is wrong, and that is a fault. */
    <T> @Nullable T read(@Nullable String value, String key, String rule, Function<String, @Nullable T> parser) {
        if (value == null) {
            return null;
        }
        T read = null;
        try {
            read = parser.apply(value);
        } catch (IllegalArgumentException e) {
            fault(key, rule);
            return null;
        }
        if (read == null) {
            fault(key, rule);
        }
        return read;
    }

    /** A whole number within bounds, or whatever {@code extra} allows besides. */
    @Nullable
    Integer number(String key, int min, int max, String rule) {
        return read(text(key), key, rule, value -> {
            boolean digits = value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            int number = digits ? Integer.parseInt(value) : -1;
            return number >= min && number <= max ? number : null;
        });
    }

    /** Comma-separated words; an empty one between commas is a fault; null when the key isn't there. */
    @Nullable
    List<String> list(String key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            if (word.isBlank()) {
                fault(key, "is a comma-separated list; there is an empty word in it");
            } else if (words.contains(word.strip())) {
                fault(key, "names " + Shown.text(word.strip()) + " twice");
            } else {
                words.add(word.strip());
            }
        }
        return words;
    }

    /** A boolean as oslo.config reads it. */
    boolean flag(String key, boolean otherwise) {
        Boolean read = read(text(key), key, "must be true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Boolean.TRUE;
            case "false", "no", "off", "0" -> Boolean.FALSE;
            default -> null;
        });
        return read == null ? otherwise : read;
    }

    String description() {
        String value = values.getOrDefault(ProfileKeys.DESCRIPTION, "");
        if (value.length() > LONGEST_DESCRIPTION || value.chars().anyMatch(Character::isISOControl)) {
            fault(ProfileKeys.DESCRIPTION, "must be one line of at most " + LONGEST_DESCRIPTION + " characters");
        }
        return value;
    }
}
