// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.Nullable;

/**
 * How a pool's members are looked after. It has no description.
 *
 * @param delay seconds between two checks
 * @param timeout seconds for one check; less than the delay
 * @param maxRetries checks until a member is up, 1..10
 * @param maxRetriesDown checks until it is down, 1..10
 * @param http null unless the type is HTTP or HTTPS
 */
public record HealthMonitor(
        Header header,
        String poolId,
        Type type,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable HttpCheck http) {
    public enum Type {
        HTTP,
        HTTPS,
        PING,
        TCP,
        TLS_HELLO;

        /** In the API's words. */
        public String word() {
            return name().replace('_', '-');
        }

        public boolean speaksHttp() {
            return this == HTTP || this == HTTPS;
        }
    }

    public String id() {
        return header.id();
    }

    public HealthMonitor with(Header next) {
        return new HealthMonitor(next, poolId, type, delay, timeout, maxRetries, maxRetriesDown, http);
    }
}
