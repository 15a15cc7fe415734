// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.SessionPersistence;

/** Tables pool, session_persistence. */
final class PoolTable extends Table<Pool, PoolRow> {
    private final Tags tags;

    PoolTable(EntityManager em) {
        super(em, PoolRow.class, PoolRow::new);
        tags = new Tags(em);
    }

    @Override
    String id(Pool value) {
        return value.id();
    }

    @Override
    long version(Pool value) {
        return value.header().version();
    }

    @Override
    void write(PoolRow row, Pool value) {
        row.set(value);
    }

    @Override
    List<Pool> values(List<PoolRow> rows) {
        Map<String, List<String>> tagged = tags.of(rows);
        Map<String, List<SessionPersistenceRow>> persistence = Parts.of(
                em,
                SessionPersistenceRow.class,
                "poolId",
                "poolId",
                row -> row.poolId,
                rows.stream().map(row -> row.id).toList());
        return rows.stream()
                .map(row -> row.toValue(
                        tagged.getOrDefault(row.id, List.of()),
                        persistence.containsKey(row.id)
                                ? persistence.get(row.id).get(0).toValue()
                                : null))
                .toList();
    }

    @Override
    void writeParts(Pool value) {
        tags.write(value.id(), value.header().tags());
        SessionPersistence wanted = value.persistence();
        SessionPersistenceRow row = em.find(SessionPersistenceRow.class, value.id());
        if (wanted == null) {
            if (row != null) {
                em.remove(row);
            }
        } else if (row != null) {
            row.set(wanted);
        } else {
            SessionPersistenceRow fresh = new SessionPersistenceRow();
            fresh.poolId = value.id();
            fresh.set(wanted);
            em.persist(fresh);
        }
    }

    @Override
    void deleteParts(String id) {
        tags.write(id, List.of());
        SessionPersistenceRow row = em.find(SessionPersistenceRow.class, id);
        if (row != null) {
            em.remove(row);
        }
    }
}
