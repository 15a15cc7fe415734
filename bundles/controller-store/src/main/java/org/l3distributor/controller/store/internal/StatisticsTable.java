// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.store.StatisticsRows;

/** Table listener_statistics. */
final class StatisticsTable implements StatisticsRows {
    private static final Comparator<ListenerStatistics> ORDER =
            Comparator.comparing(ListenerStatistics::listenerId).thenComparing(ListenerStatistics::amphoraId);
    private static final String INSERT =
            "insert into listener_statistics (listener_id, amphora_id, bytes_in, bytes_out,"
                    + " total_connections, request_errors, active_connections) values (?, ?, ?, ?, ?, ?, ?)";

    private final EntityManager em;
    private final Sql sql;

    StatisticsTable(EntityManager em, Sql sql) {
        this.em = em;
        this.sql = sql;
    }

    @Override
    public List<ListenerStatistics> of(String listenerId) {
        em.clear(); // statements write past the entities
        return em.createQuery(
                        "select s from StatisticsRow s where s.listenerId = :id order by s.amphoraId",
                        StatisticsRow.class)
                .setParameter("id", listenerId)
                .getResultStream()
                .map(StatisticsRow::toValue)
                .toList();
    }

    /** In one order, so that two controllers wait for each other and don't block each other. */
    @Override
    public void add(Collection<ListenerStatistics> increments) {
        if (increments.isEmpty()) {
            return;
        }
        String statement = sql.insertOrAdd(
                INSERT,
                "listener_statistics",
                "listener_id, amphora_id",
                List.of("bytes_in", "bytes_out", "total_connections", "request_errors"),
                "active_connections");
        List<ListenerStatistics> sorted = increments.stream().sorted(ORDER).toList();
        int[] counts = sql.run(connection -> {
            try (PreparedStatement batch = connection.prepareStatement(statement)) {
                for (ListenerStatistics one : sorted) {
                    batch.setString(1, one.listenerId());
                    batch.setString(2, one.amphoraId());
                    batch.setLong(3, one.bytesIn());
                    batch.setLong(4, one.bytesOut());
                    batch.setLong(5, one.totalConnections());
                    batch.setLong(6, one.requestErrors());
                    batch.setInt(7, one.activeConnections());
                    batch.addBatch();
                }
                return batch.executeBatch();
            }
        });
        if (counts.length != sorted.size()) {
            throw new IllegalStateException(counts.length + " of " + sorted.size() + " statements were done");
        }
    }
}
