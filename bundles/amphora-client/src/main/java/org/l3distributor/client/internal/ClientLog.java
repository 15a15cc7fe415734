// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle may log. */
final class ClientLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.client");

    private ClientLog() {}

    static void ready(Object certificate) {
        LOG.info("client=ready certificate={}", certificate);
    }

    static void waits(IOException cause) {
        LOG.warn("client=waits reason=\"{}\"; it is tried again until it can be used", cause.getMessage());
    }

    static void renewed(Object certificate) {
        LOG.info("client=certificate-renewed certificate={}", certificate);
    }

    static void notRenewed(IOException cause) {
        LOG.warn("client=certificate-refused reason=\"{}\"; the one in use stays", cause.getMessage());
    }

    static void bug(RuntimeException cause) {
        LOG.error("bug in the client's watch", cause);
    }
}
