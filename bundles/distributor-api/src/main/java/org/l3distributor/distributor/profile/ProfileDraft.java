// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.List;

/**
 * A profile as somebody wrote it, unchecked: sections and keys, whether they came from an INI file or from JSON.
 *
 * @param origin where it came from, for messages: a file name, or "request"
 */
public record ProfileDraft(String origin, List<Section> sections) {
    public ProfileDraft {
        sections = List.copyOf(sections);
    }

    /**
     * One section.
     *
     * @param title as written, for messages: {@code l3_bgp_peer:tor1}
     */
    public record Section(String title, List<Entry> entries) {
        public Section {
            entries = List.copyOf(entries);
        }
    }

    /** One key with its value, as written. The value of a secret is never put in a message. */
    public record Entry(String key, String value) {}
}
