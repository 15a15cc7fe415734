// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import org.jspecify.annotations.Nullable;

/**
 * One broken rule of a profile.
 *
 * @param origin the file or request
 * @param section the section's title as written, "" when a whole section is missing
 * @param key the key, "" when it is about the section
 * @param value the value as given, hidden for secrets; null when missing
 * @param rule what is allowed, as a sentence
 */
public record ProfileFault(
        String origin, String section, String key, @Nullable String value, String rule) {
    /** One line: {@code ORIGIN: [SECTION] KEY = VALUE: RULE}, without what is empty. */
    @Override
    public String toString() {
        String where = (section.isEmpty() ? "" : " [" + section + "]") + (key.isEmpty() ? "" : " " + key);
        return origin + (where.isEmpty() ? "" : ":" + where) + (value == null ? "" : " = " + value) + ": " + rule;
    }
}
