// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Duration;

/** How long to wait before looking again: doubling from 100 ms to 30 s while something is wrong. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    /** Also how often a namespace is looked at in which all is well: kernel settings change without news. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return now;
    }

    Duration reset() {
        next = FIRST;
        return LONGEST;
    }
}
