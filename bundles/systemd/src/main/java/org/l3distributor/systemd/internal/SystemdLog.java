// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle may log. */
final class SystemdLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.systemd");

    private SystemdLog() {}

    static void tells(ServiceManager manager) {
        LOG.info("systemd=tells socket={} watchdog={}", manager.address(), manager.watchdog());
    }

    static void unheard(IOException cause) {
        LOG.warn("systemd=unheard reason=\"{}\"; told once until it is heard again", cause.getMessage());
    }

    static void unasked(RuntimeException cause) {
        LOG.warn(
                "systemd=unasked reason=\"{}\"; asked again in a second, no sign of life until then", cause.toString());
    }
}
