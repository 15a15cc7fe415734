// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

/**
 * How far an operation has come.
 *
 * @param done steps of the phase that are done, 0..total
 * @param total steps of the phase, 0 while unknown
 * @param text what it waits for, for an operator; "" when that is plain
 */
public record Progress(Phase phase, int done, int total, String text) {
    public static final Progress WAITING = new Progress(Phase.WAITING, 0, 0, "");
    public static final Progress FINISHED = new Progress(Phase.FINISHED, 1, 1, "");

    public Progress {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("done must be 0.." + total + ", got " + done);
        }
    }

    /** Where an operation may be; not every operation goes through each. */
    public enum Phase {
        /** Others on the same VIP come first. */
        WAITING,
        /** What is wanted is decided and made durable. */
        PLACING,
        /** Traffic is led away. */
        WITHDRAWING,
        /** Traffic is led there. */
        ANNOUNCING,
        /** Connections are waited for. */
        DRAINING,
        /** The result is there. */
        FINISHED
    }
}
