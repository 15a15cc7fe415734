// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that this driver may emit. */
final class MachineLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.compute.machines");

    void started(Machine machine, long nanos) {
        LOG.info(
                "machine={} compute={} started_ms={}",
                machine.amphoraId(),
                machine.computeId(),
                TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    void failed(Machine machine, IOException e) {
        LOG.warn("machine={} compute={} failed=\"{}\"", machine.amphoraId(), machine.computeId(), e.getMessage());
    }

    void ended(Machine machine) {
        LOG.info("machine={} compute={} ended", machine.amphoraId(), machine.computeId());
    }
}
