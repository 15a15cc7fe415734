// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;

/** One round of a claimed task that is never over. */
final class RoundRun {
    private RoundRun() {}

    /** @throws StoreException when the tables can't be asked: the task stays claimed until its lease ends */
    static Round.Left of(ControllerStore store, Task claimed, Round round) throws StoreException {
        Round.Left left = round.go(claimed.data());
        store.run(tx -> {
            Task next = claimed.at(claimed.step(), left.data(), tx.now())
                    .again(tx.now().plus(left.pause()), left.trouble(), tx.now());
            if (tx.tasks().save(next)) { // else it is another controller's by now
                tx.tasks().release(next);
            }
        });
        return left;
    }
}
