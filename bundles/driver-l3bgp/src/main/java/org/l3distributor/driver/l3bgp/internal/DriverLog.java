// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.driver.VipKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle may log. */
final class DriverLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.driver.l3bgp");

    private DriverLog() {}

    static void mended(VipKey vip, int strays, boolean missing, boolean placed) {
        LOG.info("repair vip={} strays={} missing={} placed_anew={}", vip, strays, missing, placed);
    }

    static void foreign(String speaker, int routes) {
        LOG.warn("repair speaker={} routes_that_nobody_wants={}", speaker, routes);
    }

    static void repaired(RepairReport report) {
        LOG.info(
                "repair distributors={} vips={} mended={} unasked={} took_ms={}",
                report.distributors(),
                report.vips(),
                report.mended(),
                report.unasked(),
                report.took().toMillis());
    }

    static void notRepaired(String reason) {
        LOG.warn("repair failed reason=\"{}\"; it is tried again", reason);
    }

    static void bug(@Nullable Throwable cause) {
        LOG.error("bug in the driver", cause);
    }
}
