// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.io.IOException;
import java.time.Duration;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.store.ControllerStore;

/** A controller's worker as a process of its own, which others kill. */
final class KilledController {
    /** Short, so that what a killed one held is taken over soon. */
    static final Duration LEASE = Duration.ofSeconds(3);

    static final String DISTRIBUTOR = "d1500000-0000-4000-8000-000000000001";
    private static final int THREADS = 8;

    private KilledController() {}

    /** Usage: url user name. Works until its standard input ends, as it does when its parent is gone. */
    public static void main(String[] arguments) throws Exception {
        try (StoreOn on = StoreOn.at(arguments[0], arguments[1])) {
            ControllerStore store = on.store();
            Worker worker = new Worker(
                    store,
                    new RecordedWorld(arguments[0], arguments[1], arguments[2]),
                    new Worker.Settings(
                            arguments[2],
                            DISTRIBUTOR,
                            THREADS,
                            LEASE,
                            Duration.ofMillis(50),
                            new Limits(Duration.ofMinutes(10), 3, 50, Duration.ofMillis(1))),
                    new WorkLog());
            System.out.println(arguments[2] + " works");
            awaitEnd();
            worker.close();
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // what is said doesn't matter
        }
    }
}
