// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.store.StoreException;

/**
 * A controller that does nothing but tasks of three steps, as a process of its own that others kill. What a step does is
 * a row that is written together with the task: so whatever was done twice is there twice.
 */
final class ClaimsWorker {
    static final int STEPS = 3;
    /** Short, so that what a killed one held is taken over soon. */
    static final Duration LEASE = Duration.ofSeconds(2);

    /** How long a step takes, at most. */
    private static final int WORK_MS = 8;

    private ClaimsWorker() {}

    /** Usage: url user name. Ends with 0 when no task is open any more. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(arguments[0], arguments[1], null, 4, false, null);
        try (StoreOn on = new StoreOn(settings)) {
            work(on, arguments[2]);
        }
    }

    private static void work(StoreOn on, String name) throws StoreException, InterruptedException {
        Random random = new Random(name.hashCode());
        boolean told = false;
        while (!on.list(tx -> tx.tasks().open(1)).isEmpty()) {
            List<Task> mine = on.list(tx -> tx.tasks().claim(name, 20, LEASE));
            if (!told && !mine.isEmpty()) {
                System.out.println(name + " works"); // from now on it may be disturbed
                told = true;
            }
            for (Task task : mine) {
                Thread.sleep(random.nextInt(WORK_MS + 1));
                step(on, task);
            }
            if (mine.isEmpty()) {
                Thread.sleep(20); // others hold all there is
            }
        }
    }

    private static void step(StoreOn on, Task task) throws StoreException {
        int step = Integer.parseInt(task.step());
        on.store.run(tx -> {
            Task next = step == STEPS
                    ? task.over(null, tx.now())
                    : task.at(Integer.toString(step + 1), task.data(), tx.now());
            if (!tx.tasks().save(next)) {
                return; // somebody else's by now: what was done for it is thrown away
            }
            tx.withdrawals().insert(new Withdrawal(UUID.randomUUID().toString(), task.id(), task.step(), tx.now()));
            if (next.open()) {
                tx.tasks().release(next);
            }
        });
    }
}
