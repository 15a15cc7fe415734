// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import java.time.Duration;

/**
 * How long silence may last, and what it is taken for.
 *
 * @param timeout after so long without a heartbeat an amphora is silent
 * @param late after so long it is late, and counts when it is asked how many fall silent together: before the first of them
 *     is declared dead the others are late too. At most the timeout
 * @param window amphorae whose last heartbeats came within so long fell silent together
 * @param patience so long after the last of them fell silent it is tried out, one after another, whether they're dead; zero:
 *     never
 */
public record Silence(Duration timeout, Duration late, Duration window, Duration patience) {
    public static final Silence DEFAULT =
            of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

    public Silence {
        if (late.isNegative() || late.compareTo(timeout) > 0) {
            throw new IllegalArgumentException("late must be at most " + timeout + ", got " + late);
        }
        if (window.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("window " + window + ", patience " + patience);
        }
    }

    /** @param interval between two heartbeats: three that are missing are late */
    public static Silence of(Duration interval, Duration timeout, Duration window, Duration patience) {
        Duration some = interval.multipliedBy(3);
        return new Silence(timeout, some.compareTo(timeout) < 0 ? some : timeout, window, patience);
    }
}
