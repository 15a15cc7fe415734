// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.nio.file.Path;
import java.time.Duration;
import org.l3distributor.distributor.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the store may log. */
final class StoreLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.store");

    private StoreLog() {}

    static void open(Path file, int version, long millis) {
        LOG.info("store=open file={} schema={} took_ms={}", file, version, millis);
    }

    static void notOpen(StoreException fault, Duration retry) {
        LOG.warn("store=unavailable retry_ms={} reason={}", retry.toMillis(), fault.getMessage());
    }

    static void migrated(int from, int to) {
        LOG.info("store=migrated from={} to={}", from, to);
    }

    static void nativeNotStored(Path directory, Exception fault) {
        LOG.warn(
                "store=native-library directory={} not stored, the driver extracts its own: {}",
                directory,
                fault.toString());
    }
}
