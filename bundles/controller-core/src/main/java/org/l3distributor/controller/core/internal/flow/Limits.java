// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Duration;

/**
 * How long and how often things are tried.
 *
 * @param boot from an amphora's row to its API's first answer; then another one is made
 * @param spare so many amphorae may be made in vain before a load balancer is in error
 * @param attempts of one call, before it is given up
 * @param grace from the withdrawal of an amphora to its end at the latest, for connections that it still has
 */
public record Limits(Duration boot, int spare, int attempts, Duration grace) {
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 3, 8, Duration.ofSeconds(30));

    /** What is waited between rounds of a replacement that fails again and again. */
    static final Duration LONG_PAUSE = Duration.ofMinutes(5);

    /** 250 ms, 500 ms, 1 s, ... up to a longest. */
    static Duration pause(int failures, Duration longest) {
        return Duration.ofMillis(Math.min(longest.toMillis(), 250L << Math.min(10, Math.max(0, failures - 1))));
    }
}
