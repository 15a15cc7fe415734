// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

/**
 * Tells a mass failure from dead amphorae: when very many fall silent together, it's the management network, or this
 * controller, and nobody is declared dead. A value; each look gives the next one.
 *
 * @param open whether nobody may be declared dead
 * @param worst how many were silent at most since it opened; 0 while it is closed
 * @param forgiven how many of the silent ones were silent already when it was closed: these may be declared dead one after
 *     the other, and don't open it again
 */
public record Breaker(boolean open, long worst, long forgiven) {
    /** So many may always fall silent: a small place must heal too. */
    static final long ALWAYS = 3;

    /** Otherwise this part of all. */
    static final double SHARE = 0.2;

    public static final Breaker CLOSED = new Breaker(false, 0, 0);

    public Breaker {
        if (worst < 0 || forgiven < 0) {
            throw new IllegalArgumentException("worst " + worst + ", forgiven " + forgiven);
        }
    }

    /** So many amphorae may be silent. */
    static long threshold(long all) {
        return Math.max(ALWAYS, (long) Math.floor(SHARE * all));
    }

    /**
     * After a look at all amphorae.
     *
     * @param all how many there are
     * @param silent how many of them weren't heard of for too long
     */
    public Breaker seen(long all, long silent) {
        if (!open) {
            long left = Math.min(forgiven, silent);
            return silent - left > threshold(all) ? new Breaker(true, silent, 0) : new Breaker(false, 0, left);
        }
        long most = Math.max(worst, silent);
        boolean over = silent <= threshold(all) || 2 * silent <= most;
        return over ? new Breaker(false, 0, silent) : new Breaker(true, most, 0);
    }

    /** An operator says that those who are silent are dead. */
    public Breaker closed(long silent) {
        return new Breaker(false, 0, silent);
    }
}
