// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/** A signal, with its number on Linux. */
public enum ProcessSignal {
    HUP(1),
    KILL(9),
    USR1(10),
    USR2(12),
    TERM(15),
    CONT(18),
    STOP(19);

    private final int number;

    ProcessSignal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
