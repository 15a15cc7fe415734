// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How heartbeats fare.
 *
 * @param sending whether somebody asked for them
 * @param sent datagrams given to the network since the start
 * @param last when the last one was; null before the first
 * @param error why the last try came to nothing; null when it didn't
 */
public record HeartbeatStatus(
        boolean sending,
        long sent,
        @Nullable Instant last,
        @Nullable String error) {}
