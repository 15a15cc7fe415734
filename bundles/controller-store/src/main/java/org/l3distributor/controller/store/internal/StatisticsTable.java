// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.store.StatisticsRows;

/** Table listener_statistics. */
final class StatisticsTable implements StatisticsRows {
    private static final Comparator<ListenerStatistics> ORDER =
            Comparator.comparing(ListenerStatistics::listenerId).thenComparing(ListenerStatistics::amphoraId);

    private final EntityManager em;

    StatisticsTable(EntityManager em) {
        this.em = em;
    }

    @Override
    public List<ListenerStatistics> of(String listenerId) {
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
        increments.stream().sorted(ORDER).forEach(increment -> {
            StatisticsRow.Key key = new StatisticsRow.Key(increment.listenerId(), increment.amphoraId());
            StatisticsRow row = em.find(StatisticsRow.class, key, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new StatisticsRow();
                row.listenerId = increment.listenerId();
                row.amphoraId = increment.amphoraId();
                row.add(increment);
                em.persist(row);
            } else {
                row.add(increment);
            }
        });
        em.flush();
    }
}
