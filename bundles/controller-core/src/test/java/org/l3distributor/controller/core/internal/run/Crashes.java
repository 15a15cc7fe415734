// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

/** Kills a controller at the nth of the points at which it could die. */
final class Crashes {
    /** Nothing in a controller catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super(where);
        }
    }

    private int left;
    int passed;

    /** @param at 0 = never */
    Crashes(int at) {
        left = at;
    }

    void point(String where) {
        passed++;
        if (left > 0 && --left == 0) {
            throw new Killed(where);
        }
    }

    void next(int at) {
        left = at;
    }
}
