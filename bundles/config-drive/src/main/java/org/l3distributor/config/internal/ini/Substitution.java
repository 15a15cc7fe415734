// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.ini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $name}, {@code ${name}} and {@code ${section.name}} in a value, as oslo.config does: the name is
 * looked up in the value's own section and then in [DEFAULT]; "$$" and "\$" mean a dollar sign, and a '$' that begins
 * no name stays as it is.
 */
public final class Substitution {
    private static final Pattern TOKEN =
            Pattern.compile("\\\\\\$|\\$(?:(\\$)|([_a-zA-Z][._a-zA-Z0-9]*)|\\{([_a-zA-Z][._a-zA-Z0-9]*)\\})");
    private static final int DEEPEST = 4;

    private final IniFile file;

    public Substitution(IniFile file) {
        this.file = file;
    }

    /**
     * The value with everything replaced.
     *
     * @return null when a name isn't set, or names refer to each other in a circle
     */
    public @Nullable String apply(String section, String value) {
        return apply(section, value, DEEPEST);
    }

    private @Nullable String apply(String section, String value, int depth) {
        if (value.indexOf('$') < 0) {
            return value;
        }
        if (depth == 0) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        Matcher token = TOKEN.matcher(value);
        int from = 0;
        while (token.find()) {
            result.append(value, from, token.start());
            from = token.end();
            String name = token.group(2) != null ? token.group(2) : token.group(3);
            String replacement = name == null ? "$" : lookUp(section, name, depth - 1);
            if (replacement == null || result.length() + replacement.length() > 1 << 16) {
                return null;
            }
            result.append(replacement);
        }
        return result.append(value, from, value.length()).toString();
    }

    private @Nullable String lookUp(String section, String name, int depth) {
        int dot = name.indexOf('.');
        String other = dot < 0 ? section : name.substring(0, dot);
        String found = file.raw(other, dot < 0 ? name : name.substring(dot + 1));
        if (found == null) {
            other = "DEFAULT";
            found = file.raw(other, name);
        }
        return found == null ? null : apply(other, found, depth);
    }
}
