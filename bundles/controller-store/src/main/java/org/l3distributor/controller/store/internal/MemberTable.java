// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Member;

/** Table member. */
final class MemberTable extends Table<Member, MemberRow> {
    private final Tags tags;

    MemberTable(EntityManager em) {
        super(em, MemberRow.class, MemberRow::new);
        tags = new Tags(em);
    }

    @Override
    String id(Member value) {
        return value.id();
    }

    @Override
    long version(Member value) {
        return value.header().version();
    }

    @Override
    void write(MemberRow row, Member value) {
        row.set(value);
    }

    @Override
    List<Member> values(List<MemberRow> rows) {
        Map<String, List<String>> tagged = tags.of(rows);
        return rows.stream()
                .map(row -> row.toValue(tagged.getOrDefault(row.id, List.of())))
                .toList();
    }

    @Override
    void writeParts(Member value) {
        tags.write(value.id(), value.header().tags());
    }

    @Override
    void deleteParts(String id) {
        tags.write(id, List.of());
    }
}
