// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.statistics;

/** HAProxy's words as Octavia's health manager wants to hear them. */
final class StatusWords {
    private StatusWords() {}

    /**
     * The word for a member. A server of weight 0 takes no new sessions, though HAProxy still calls it {@code UP};
     * the health manager knows that as {@code DRAIN}.
     */
    static String member(String status, String weight) {
        return status.equals("UP") && weight.equals("0") ? "DRAIN" : status;
    }

    /**
     * Whether a member takes new connections; one that isn't checked is taken to be well. Its word doesn't tell it all:
     * the health manager wants to hear {@code no check} of one of weight 0, too.
     */
    static boolean isUp(String status, String weight) {
        return (status.startsWith("UP") || status.equals("no check")) && !weight.equals("0");
    }

    /** HAProxy's exporter has a frontend of its own, which is no listener of anybody's. */
    static boolean isInternal(String proxy) {
        return proxy.contains("prometheus");
    }
}
