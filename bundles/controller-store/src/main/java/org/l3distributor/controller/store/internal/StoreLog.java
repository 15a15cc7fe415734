// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.l3distributor.relational.Migrations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the controller's store may log. */
final class StoreLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.controller.store");

    private StoreLog() {}

    static void open(Settings settings, Migrations.Result schema, long millis) {
        LOG.info(
                "controller-store=open url={} schema_before={} schema={} took_ms={}",
                settings.shown(),
                schema.from(),
                schema.to(),
                millis);
    }

    static void imported(Settings from, Map<String, Integer> rows) {
        LOG.info("controller-store=imported from={} rows={}", from.shown(), rows);
    }

    static void notOpen(String reason, Duration retry) {
        LOG.warn("controller-store=unavailable retry_ms={} reason={}", retry.toMillis(), reason);
    }

    static void lost(String reason) {
        LOG.warn("controller-store=lost reason={}", reason);
    }

    static void back(long millis) {
        LOG.info("controller-store=back after_ms={}", millis);
    }

    static void probeFailed(RuntimeException fault) {
        LOG.error("controller-store=probe failed", fault);
    }

    static void rollbackFailed(Exception fault) {
        LOG.debug("controller-store=rollback failed={}", fault.toString());
    }

    static void listenerFailed(RuntimeException fault) {
        LOG.error("controller-store=listener failed", fault);
    }

    static void nativeNotStored(Path directory, Exception fault) {
        LOG.warn("controller-store=native-library directory={} not stored: {}", directory, fault.toString());
    }
}
