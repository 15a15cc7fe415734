// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.store.StatisticsRows;
import org.l3distributor.distributor.store.WithdrawalRows;

/** The tables that only count. */
final class MemoryCounts {
    private MemoryCounts() {}

    record Withdrawals(SortedMap<String, Withdrawal> rows) implements WithdrawalRows {
        @Override
        public void insert(Withdrawal withdrawal) {
            MemoryStore.Contradiction.unless(
                    rows.putIfAbsent(withdrawal.id(), withdrawal) == null,
                    "withdrawal " + withdrawal.id() + " is there already");
        }

        @Override
        public int since(String loadBalancerId, Instant since) {
            return (int) rows.values().stream()
                    .filter(w -> w.loadBalancerId().equals(loadBalancerId) && !w.at().isBefore(since))
                    .count();
        }

        @Override
        public int forget(Instant before) {
            int size = rows.size();
            rows.values().removeIf(w -> w.at().isBefore(before));
            return size - rows.size();
        }
    }

    record Statistics(SortedMap<String, ListenerStatistics> rows) implements StatisticsRows {
        @Override
        public List<ListenerStatistics> of(String listenerId) {
            return rows.values().stream()
                    .filter(s -> s.listenerId().equals(listenerId))
                    .toList();
        }

        @Override
        public void add(Collection<ListenerStatistics> increments) {
            increments.forEach(one -> rows.merge(one.listenerId() + "/" + one.amphoraId(), one, Statistics::sum));
        }

        private static ListenerStatistics sum(ListenerStatistics old, ListenerStatistics more) {
            return new ListenerStatistics(
                    old.listenerId(),
                    old.amphoraId(),
                    old.bytesIn() + more.bytesIn(),
                    old.bytesOut() + more.bytesOut(),
                    more.activeConnections(),
                    old.totalConnections() + more.totalConnections(),
                    old.requestErrors() + more.requestErrors());
        }
    }
}
