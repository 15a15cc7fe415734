// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A health monitor as a user wishes it, with Octavia's defaults where nothing was said. */
public record HealthMonitorDraft(
        HeaderDraft header,
        String poolId,
        HealthMonitor.Type type,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable HttpCheck http) {
    public HealthMonitor made(String id, String projectId, Instant now) {
        return new HealthMonitor(
                Header.created(id, projectId, header, OperatingStatus.OFFLINE, now),
                poolId,
                type,
                delay,
                timeout,
                maxRetries,
                maxRetriesDown,
                http);
    }
}
