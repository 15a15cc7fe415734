// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import org.l3distributor.distributor.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that the health manager may emit. */
public final class BeatLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.controller.health");

    private volatile boolean away;

    void dead(String amphoraId) {
        LOG.warn("amphora={} declared=dead", amphoraId);
    }

    /** How many amphorae are held as a mass failure, at the look before and now. */
    void breaker(int before, int now) {
        if (before == 0 && now > 0) {
            LOG.error(
                    "breaker=open held={} reason=\"so many amphorae fell silent together that none of them is declared"
                            + " dead; if they are dead, controller:silent-confirm says so\"",
                    now);
        } else if (before > 0 && now == 0) {
            LOG.warn("breaker=closed");
        }
    }

    void bug(RuntimeException e) {
        LOG.error("fault=health", e);
    }

    /** Once, and not at every look. */
    void unreachable(StoreException e) {
        if (!away) {
            away = true;
            LOG.warn("tables=away reason=\"{}\"", e.getMessage());
        }
    }

    void reachable() {
        if (away) {
            away = false;
            LOG.info("tables=back");
        }
    }
}
