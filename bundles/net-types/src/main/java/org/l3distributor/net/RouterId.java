// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

/**
 * A BGP identifier: four octets, not zero, unique within an AS (RFC 6286).
 *
 * @param value the four octets as an unsigned 32-bit number
 */
public record RouterId(int value) implements Comparable<RouterId> {
    public RouterId {
        if (value == 0) {
            throw new IllegalArgumentException("a BGP identifier must not be 0.0.0.0");
        }
    }

    /**
     * Reads dotted-quad notation.
     *
     * @throws IllegalArgumentException when the text is not an IPv4 address, or is 0.0.0.0
     */
    public static RouterId parse(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address.family() != AddressFamily.IPV4) {
            throw new IllegalArgumentException("a BGP identifier is written as an IPv4 address, got \"" + text + "\"");
        }
        return new RouterId((int) address.low());
    }

    @Override
    public int compareTo(RouterId other) {
        return Integer.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return IpAddress.v4(value).toString();
    }
}
