// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

/** A community (RFC 1997). */
public record Community(int value) {
    /** "Prefer another path, this one goes away" (RFC 8326). */
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xFFFF0000);

    public static final Community NO_EXPORT = new Community(0xFFFFFF01);
    public static final Community NO_ADVERTISE = new Community(0xFFFFFF02);

    /** "high:low", both 0..65535. */
    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xFFFF);
    }
}
