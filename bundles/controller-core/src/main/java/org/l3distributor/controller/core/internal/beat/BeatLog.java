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

    void breaker(boolean before, boolean after) {
        if (!before && after) {
            LOG.error("breaker=open reason=\"so many amphorae fell silent together that nobody is declared dead\"");
        } else if (before && !after) {
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
