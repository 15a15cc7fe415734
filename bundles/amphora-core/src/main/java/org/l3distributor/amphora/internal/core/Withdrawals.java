// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;

/**
 * How long it took to withdraw own VIPs: from when the end of a process was seen, or what takes them down was asked for,
 * until the last established peer's socket had the UPDATE.
 *
 * @param count changes that withdrew something
 * @param sum of all of them
 * @param longest of them; it counts what a peer that takes nothing has cost, too
 */
record Withdrawals(long count, Duration sum, Duration longest) {
    static final Withdrawals NONE = new Withdrawals(0, Duration.ZERO, Duration.ZERO);

    Withdrawals and(Duration one) {
        return new Withdrawals(count + 1, sum.plus(one), one.compareTo(longest) > 0 ? one : longest);
    }
}
