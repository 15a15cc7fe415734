// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.l3distributor.haproxy.internal.files.Store;

/**
 * What all keepers share.
 *
 * @param pool for work that waits
 * @param timer for work that is due later; it only hands it to the pool
 */
record Tools(
        Store store,
        Programs programs,
        ProcessTable processes,
        Supervisor supervisor,
        HaproxyCommand command,
        Clock clock,
        ExecutorService pool,
        ScheduledExecutorService timer,
        HaproxyLog log) {}
