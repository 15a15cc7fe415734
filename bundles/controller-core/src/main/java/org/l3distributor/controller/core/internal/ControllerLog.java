// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a controller's beginning. */
final class ControllerLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.controller");

    private ControllerLog() {}

    static void waits(NotUsable fault) {
        LOG.warn("controller=waits pid={} reason=\"{}\"", ControllerComponent.PID, fault.getMessage());
    }

    static void works(Settings settings) {
        LOG.info(
                "controller=works id={} distributor={} type={} compute={} heartbeats={}",
                settings.work().controllerId(),
                settings.work().distributorId(),
                settings.distributorType(),
                settings.effects().computeType(),
                settings.beats().address());
    }

    static void bug(RuntimeException e) {
        LOG.error("fault=\"controller\"", e);
    }
}
