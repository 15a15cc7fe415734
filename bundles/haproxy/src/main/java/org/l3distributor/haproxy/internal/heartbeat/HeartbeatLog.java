// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.io.IOException;
import org.l3distributor.haproxy.Controller;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that heartbeats may say. */
final class HeartbeatLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.haproxy.heartbeat");

    void sending(HeartbeatSettings settings) {
        LOG.info(
                "heartbeat=on amphora={} controllers={} interval_ms={}",
                settings.amphora(),
                settings.controllers(),
                settings.interval().toMillis());
    }

    void stopped() {
        LOG.info("heartbeat=off");
    }

    /** The first one, and the first one after a fault. */
    void sent(Controller to) {
        LOG.info("heartbeat=sent controller={}", to);
    }

    void countersNotLoaded(IOException fault) {
        LOG.warn("heartbeat=counters_not_loaded reason=\"{}\"", fault.toString());
    }

    /** Told once until it works again. */
    void countersNotSaved(IOException fault) {
        LOG.warn("heartbeat=counters_not_saved reason=\"{}\"", fault.toString());
    }

    void failed(Exception fault) {
        LOG.warn("heartbeat=failed reason=\"{}\"", fault.toString());
    }
}
