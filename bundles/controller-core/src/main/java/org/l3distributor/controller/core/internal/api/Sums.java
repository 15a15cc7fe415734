// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.store.Transaction;

/** What listeners moved, over all amphorae. */
final class Sums {
    private Sums() {}

    static Statistics of(Transaction tx, List<String> listenerIds) {
        Statistics sum = Statistics.NONE;
        Map<String, Boolean> serving = new HashMap<>();
        for (String id : listenerIds) {
            for (ListenerStatistics row : tx.statistics().of(id)) {
                boolean now = serving.computeIfAbsent(row.amphoraId(), amphora -> isServing(tx, amphora));
                sum = sum.plus(new Statistics(
                        now ? row.activeConnections() : 0, // what a dead one last said isn't so any more
                        row.bytesIn(),
                        row.bytesOut(),
                        row.requestErrors(),
                        row.totalConnections()));
            }
        }
        return sum;
    }

    private static boolean isServing(Transaction tx, String amphoraId) {
        return tx.amphorae()
                .find(amphoraId)
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED)
                .isPresent();
    }
}
