// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.util.UUID;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;

/** The tasks of rounds: one of each kind, which is never over. */
public final class Rounds {
    private Rounds() {}

    /** Stores the task of a kind where there is none; its target is the kind itself. */
    public static void ensure(ControllerStore store, Kind kind) throws StoreException {
        try {
            store.run(tx -> {
                if (tx.tasks().findOpen(kind.name()).isEmpty()) {
                    tx.tasks()
                            .insert(Task.begin(
                                    UUID.randomUUID().toString(), kind.name(), kind.name(), "RUN", "", tx.now()));
                }
            });
        } catch (StoreConflict e) {
            // another controller was first
        }
    }
}
