// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.List;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.store.Transaction;

/** What listeners moved, over all amphorae. */
final class Sums {
    private Sums() {}

    static Statistics of(Transaction tx, List<String> listenerIds) {
        Statistics sum = Statistics.NONE;
        for (String id : listenerIds) {
            for (ListenerStatistics row : tx.statistics().of(id)) {
                sum = sum.plus(new Statistics(
                        row.activeConnections(),
                        row.bytesIn(),
                        row.bytesOut(),
                        row.requestErrors(),
                        row.totalConnections()));
            }
        }
        return sum;
    }
}
