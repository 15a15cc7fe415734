// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.nio.file.Path;
import org.l3distributor.distributor.profile.ProfileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that this bundle writes. */
final class ConfigLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.config");

    private ConfigLog() {}

    static void imported(String instance, int files, Path folder) {
        LOG.info("config=imported instance={} files={} to={}", instance, files, folder);
    }

    static void pushed(int bytes, String instance) {
        LOG.info("config=pushed instance={} bytes={}", instance, bytes);
    }

    static void certificate(Path file) {
        LOG.info("config=certificate-replaced file={}", file);
    }

    static void refused(String what, String reasons) {
        LOG.warn("config=refused what={} reasons=\"{}\"; what was in force stays", what, reasons);
    }

    static void leftOut(ProfileFault fault) {
        LOG.warn("config=left-out {}", fault);
    }

    static void read(Reading reading) {
        LOG.info(
                "config=read source=\"{}\" amphora={} speakers={} peers={} controllers={} faults={} rest={}",
                reading.source(),
                reading.amphoraId(),
                reading.profile() == null ? 0 : reading.profile().speakers().size(),
                reading.profile() == null ? 0 : reading.profile().peers().size(),
                reading.settings().controllers(),
                reading.faults().size(),
                reading.http() == null
                        ? "none"
                        : reading.http().bindHost() + " " + reading.http().bindPort());
        for (ProfileFault fault : reading.faults()) {
            LOG.error("config=fault {}", fault);
        }
    }

    static void waiting(int seconds) {
        LOG.warn("config=incomplete looked at again every {} s until it is mended", seconds);
    }

    static void failed(RuntimeException e) {
        LOG.error("config=failed a reading was not taken over", e);
    }

    static void httpRemoved() {
        LOG.warn("config=rest-off there is no certificate to listen with");
    }
}
