// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/** The fields that everything has. */
final class HeaderRules {
    private HeaderRules() {}

    static HeaderDraft draft(Input input) {
        String name = input.text("name");
        String description = input.text("description");
        Boolean enabled = input.flag("admin_state_up");
        List<String> tags = input.tags("tags");
        return new HeaderDraft(
                name == null ? "" : name,
                description == null ? "" : description,
                enabled == null ? !input.has("admin_state_up") : enabled, // a null is a false in Octavia
                tags == null ? List.of() : tags);
    }

    static HeaderChange change(Input input) {
        return new HeaderChange(
                input.change("name", input::text, ""),
                input.change("description", input::text, ""),
                input.change("admin_state_up", input::flag, false),
                input.change("tags", input::tags, List.of()));
    }
}
