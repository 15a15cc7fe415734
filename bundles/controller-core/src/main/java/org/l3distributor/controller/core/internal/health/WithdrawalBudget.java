// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import java.time.Duration;

/**
 * How many members a VIP may lose in a time.
 *
 * @param share of the members, above 0, at most 1
 * @param window the time, positive
 */
public record WithdrawalBudget(double share, Duration window) {
    public static final WithdrawalBudget DEFAULT = new WithdrawalBudget(0.5, Duration.ofSeconds(60));

    public WithdrawalBudget {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
        }
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("window must be positive, got " + window);
        }
    }

    /** What may be done with a member that is taken for dead. */
    public enum Verdict {
        /** Take it out, then make another. */
        WITHDRAW,
        /** Nobody else serves: leave it in (a heartbeat may err), make another, then take it out. */
        REPLACE_FIRST,
        /** Too many were taken out lately: look again later. */
        LATER
    }

    /** So many may be taken out within a window, at least one. */
    public int most(int members) {
        return Math.max(1, (int) Math.floor(share * members));
    }

    /**
     * Decides on one member.
     *
     * @param members how many the VIP should have
     * @param othersServing how many of the others are in it and well
     * @param takenOut how many were taken out within the window that ends now
     */
    public Verdict decide(int members, int othersServing, int takenOut) {
        if (othersServing < 1) {
            return Verdict.REPLACE_FIRST;
        }
        return takenOut < most(members) ? Verdict.WITHDRAW : Verdict.LATER;
    }
}
