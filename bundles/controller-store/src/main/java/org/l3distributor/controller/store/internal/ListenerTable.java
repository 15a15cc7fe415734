// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.net.IpPrefix;

/** Tables listener, listener_cidr. */
final class ListenerTable extends Table<Listener, ListenerRow> {
    private final Tags tags;

    ListenerTable(EntityManager em) {
        super(em, ListenerRow.class, ListenerRow::new);
        tags = new Tags(em);
    }

    @Override
    String id(Listener value) {
        return value.id();
    }

    @Override
    long version(Listener value) {
        return value.header().version();
    }

    @Override
    void write(ListenerRow row, Listener value) {
        row.set(value);
    }

    @Override
    List<Listener> values(List<ListenerRow> rows) {
        Map<String, List<String>> tagged = tags.of(rows);
        Map<String, List<CidrRow>> cidrs =
                cidrs(rows.stream().map(row -> row.id).toList());
        return rows.stream()
                .map(row -> row.toValue(
                        tagged.getOrDefault(row.id, List.of()),
                        cidrs.getOrDefault(row.id, List.of()).stream()
                                .map(cidr -> cidr.other)
                                .toList()))
                .toList();
    }

    private Map<String, List<CidrRow>> cidrs(List<String> ids) {
        return Parts.of(em, CidrRow.class, "one", "other", row -> row.one, ids);
    }

    @Override
    void writeParts(Listener value) {
        tags.write(value.id(), value.header().tags());
        writeCidrs(
                value.id(),
                value.allowedCidrs().stream().map(IpPrefix::toString).toList());
    }

    private void writeCidrs(String id, List<String> cidrs) {
        Map<String, CidrRow> present = new HashMap<>();
        cidrs(List.of(id)).getOrDefault(id, List.of()).forEach(row -> present.put(row.other, row));
        Map<String, CidrRow> wanted = new HashMap<>();
        cidrs.forEach(cidr -> wanted.put(cidr, new CidrRow(id, cidr)));
        Parts.replace(em, present, wanted);
    }

    /** With what Octavia hangs on a listener and nothing here uses. */
    @Override
    void deleteParts(String id) {
        tags.write(id, List.of());
        writeCidrs(id, List.of());
        em.createQuery("delete from StatisticsRow s where s.listenerId = :id")
                .setParameter("id", id)
                .executeUpdate();
        em.createNativeQuery("delete from sni where listener_id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }
}
