// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import org.l3distributor.distributor.controller.Statistics;

@Snake
@Schema(name = "Statistics", description = "Counters since the beginning; active_connections is of now")
public record StatisticsBody(
        long activeConnections, long bytesIn, long bytesOut, long requestErrors, long totalConnections) {
    public static StatisticsBody of(Statistics one) {
        return new StatisticsBody(
                one.activeConnections(), one.bytesIn(), one.bytesOut(), one.requestErrors(), one.totalConnections());
    }
}
