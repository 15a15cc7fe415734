// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.store.HealthRows;

/** Table amphora_health. */
final class HealthTable implements HealthRows {
    private final EntityManager em;
    private final Sql sql;

    HealthTable(EntityManager em, Sql sql) {
        this.em = em;
        this.sql = sql;
    }

    @Override
    public Optional<AmphoraHealth> find(String amphoraId) {
        AmphoraHealthRow row = em.find(AmphoraHealthRow.class, amphoraId);
        if (row == null) {
            return Optional.empty();
        }
        em.refresh(row); // statements write past the entities
        return Optional.of(row.toValue());
    }

    @Override
    public List<AmphoraHealth> all() {
        em.clear(); // statements write past the entities
        return em.createQuery("select h from AmphoraHealthRow h order by h.amphoraId", AmphoraHealthRow.class)
                .getResultStream()
                .map(AmphoraHealthRow::toValue)
                .toList();
    }

    /** In the order of ids, so that two controllers wait for each other and don't block each other. */
    @Override
    public void heard(Collection<AmphoraHealth> news) {
        List<AmphoraHealth> sorted = news.stream()
                .sorted(Comparator.comparing(AmphoraHealth::amphoraId))
                .toList();
        sql.run(connection -> {
            int[] updated = update(connection, sorted);
            insert(connection, sorted, updated);
            return true;
        });
    }

    private int[] update(Connection connection, List<AmphoraHealth> news) throws SQLException {
        int[] counts = new int[news.size()];
        try (PreparedStatement statement = connection.prepareStatement(
                "update amphora_health set last_update = ? where amphora_id = ? and last_update < ?")) {
            for (AmphoraHealth one : news) {
                String at = Dates.text(one.lastUpdate());
                statement.setString(1, at);
                statement.setString(2, one.amphoraId());
                statement.setString(3, at);
                statement.addBatch();
            }
            if (!news.isEmpty()) {
                counts = statement.executeBatch();
            }
        }
        return counts;
    }

    private void insert(Connection connection, List<AmphoraHealth> news, int[] updated) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.insertAbsent(
                "insert into amphora_health (amphora_id, last_update, busy) select id, ?, ? from amphora where id = ?",
                "amphora_id"))) {
            boolean any = false;
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0) { // no row, or a newer one
                    statement.setString(1, Dates.text(news.get(i).lastUpdate()));
                    statement.setBoolean(2, news.get(i).busy());
                    statement.setString(3, news.get(i).amphoraId());
                    statement.addBatch();
                    any = true;
                }
            }
            if (any) {
                statement.executeBatch();
            }
        }
    }

    @Override
    public List<AmphoraHealth> silent(Instant since) {
        return em.createQuery(
                        "select h.amphoraId, h.lastUpdate, h.busy from AmphoraHealthRow h, AmphoraRow a"
                                + " where a.id = h.amphoraId and a.status in ('ALLOCATED', 'ERROR')"
                                + " and h.lastUpdate < :since order by h.lastUpdate, h.amphoraId",
                        Object[].class)
                .setParameter("since", Dates.text(since))
                .getResultStream()
                .map(row -> new AmphoraHealth((String) row[0], Dates.instant((String) row[1]), (Boolean) row[2]))
                .toList();
    }

    @Override
    public long count() {
        return em.createQuery("select count(h) from AmphoraHealthRow h", Long.class)
                .getSingleResult();
    }

    @Override
    public List<AmphoraHealth> claim(Collection<String> amphoraIds, Instant since) {
        if (amphoraIds.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(false, Dates.text(since)));
        parameters.addAll(amphoraIds);
        List<String> ids = sql.claim(
                "select amphora_id from amphora_health where busy = ? and last_update < ? and amphora_id in ("
                        + "?, ".repeat(amphoraIds.size() - 1) + "?) order by last_update, amphora_id",
                parameters.toArray());
        List<AmphoraHealth> claimed = ids.stream()
                .map(id -> {
                    AmphoraHealthRow row = em.find(AmphoraHealthRow.class, id);
                    em.refresh(row);
                    row.busy = true;
                    return row.toValue();
                })
                .toList();
        em.flush();
        return claimed;
    }

    /** In the order of ids, as heartbeats are written. */
    @Override
    public List<String> giveUp(Instant since) {
        List<String> ids = silent(since).stream()
                .filter(row -> !row.busy())
                .map(AmphoraHealth::amphoraId)
                .sorted()
                .toList();
        return sql.run(connection -> {
            List<String> given = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("update amphora_health set last_update = ?"
                    + " where amphora_id = ? and busy = ? and last_update < ?")) {
                for (String id : ids) {
                    statement.setString(1, Dates.text(AmphoraHealth.GIVEN_UP));
                    statement.setString(2, id);
                    statement.setBoolean(3, false);
                    statement.setString(4, Dates.text(since));
                    if (statement.executeUpdate() == 1) {
                        given.add(id);
                    }
                }
            }
            return given;
        });
    }

    @Override
    public boolean setBusy(String amphoraId, boolean busy) {
        AmphoraHealthRow row = em.find(AmphoraHealthRow.class, amphoraId, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.busy == busy) {
            return false;
        }
        row.busy = busy;
        em.flush();
        return true;
    }

    @Override
    public boolean delete(String amphoraId) {
        AmphoraHealthRow row = em.find(AmphoraHealthRow.class, amphoraId);
        if (row == null) {
            return false;
        }
        em.remove(row);
        em.flush();
        return true;
    }

    @Override
    public int forget() {
        return sql.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("delete from amphora_health"
                    + " where not exists (select 1 from amphora where amphora.id = amphora_health.amphora_id)")) {
                return statement.executeUpdate();
            }
        });
    }
}
