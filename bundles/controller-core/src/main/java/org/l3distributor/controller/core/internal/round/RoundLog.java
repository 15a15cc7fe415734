// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that rounds may emit. */
public final class RoundLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.controller.rounds");

    void removing(String amphoraId) {
        LOG.warn("sweep=remove amphora={} reason=\"no row knows its machine or ports\"", amphoraId);
    }

    void renewed(String amphoraId, Instant expires) {
        LOG.info("certificate=renewed amphora={} expires={}", amphoraId, expires);
    }

    void notRenewed(String amphoraId, @Nullable Instant expires, String reason) {
        LOG.warn("certificate=refused amphora={} expires={} reason=\"{}\"", amphoraId, expires, reason);
    }

    void expired(String amphoraId, @Nullable Instant expires, String reason) {
        LOG.error("certificate=expired amphora={} expires={} reason=\"{}\"", amphoraId, expires, reason);
    }
}
