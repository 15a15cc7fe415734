// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.relational.Dialect;

/** The same with the tables of a real controller. */
@ExtendWith(DatabaseServers.class)
class WorkerOnSqliteTest extends WorkerTest {
    private @Nullable StoreOn tables;

    @Override
    ControllerStore tables() throws Exception {
        StoreOn fresh = StoreOn.fresh(Dialect.SQLITE);
        tables = fresh;
        return fresh.store();
    }

    @Override
    Duration lease() {
        return Duration.ofSeconds(2); // renewals wait for a disk, or for a server that other tests keep busy
    }

    @Override
    void closeTables() {
        StoreOn open = tables;
        if (open != null) {
            open.close();
        }
    }
}
