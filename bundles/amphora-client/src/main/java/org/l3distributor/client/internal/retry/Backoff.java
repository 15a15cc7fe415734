// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.retry;

import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long each time up to a bound, and by chance up to half of it less,
 * so that those who failed together don't come back together.
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("0 < first <= longest, got " + first + " and " + longest);
        }
    }

    /**
     * @param failures how many attempts have failed, at least 1
     * @param chance 0.0 (inclusive) to 1.0
     */
    public Duration after(int failures, double chance) {
        long nanos = longest.toNanos();
        int doublings = Math.min(failures - 1, 40);
        if (first.toNanos() <= nanos >> doublings) {
            nanos = first.toNanos() << doublings;
        }
        return Duration.ofNanos(nanos - (long) (nanos / 2.0 * chance));
    }
}
