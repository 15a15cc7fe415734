// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/** What a user says of anything new. */
public record HeaderDraft(String name, String description, boolean enabled, List<String> tags) {
    public HeaderDraft {
        tags = List.copyOf(tags);
    }
}
