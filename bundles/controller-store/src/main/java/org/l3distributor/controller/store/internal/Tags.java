// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;

/** Table tags, which all resources share. It keeps no order: tags come by the alphabet. */
final class Tags {
    private final EntityManager em;

    Tags(EntityManager em) {
        this.em = em;
    }

    Map<String, List<String>> of(Collection<? extends ResourceRow> rows) {
        List<String> ids = rows.stream().map(row -> row.id).toList();
        Map<String, List<String>> tags = new HashMap<>();
        ids.forEach(id -> tags.put(id, List.of()));
        rows(ids)
                .forEach((id, found) ->
                        tags.put(id, found.stream().map(row -> row.other).toList()));
        return tags;
    }

    private Map<String, List<TagRow>> rows(Collection<String> ids) {
        return Parts.of(em, TagRow.class, "one", "other", row -> row.one, ids);
    }

    void write(String id, Collection<String> tags) {
        Map<String, TagRow> present = new HashMap<>();
        rows(List.of(id)).getOrDefault(id, List.of()).forEach(row -> present.put(row.other, row));
        Map<String, TagRow> wanted = new HashMap<>();
        tags.forEach(tag -> wanted.put(tag, new TagRow(id, tag)));
        Parts.replace(em, present, wanted);
    }
}
