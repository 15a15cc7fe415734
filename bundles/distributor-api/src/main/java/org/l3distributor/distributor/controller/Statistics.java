// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

/** Counters since the beginning, summed over all amphorae, dead ones too; {@code activeConnections} is of now. */
public record Statistics(
        long activeConnections, long bytesIn, long bytesOut, long requestErrors, long totalConnections) {
    public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0);

    public Statistics plus(Statistics other) {
        return new Statistics(
                activeConnections + other.activeConnections,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                requestErrors + other.requestErrors,
                totalConnections + other.totalConnections);
    }
}
