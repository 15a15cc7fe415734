// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

/**
 * A four-octet autonomous system number (RFC 6793).
 *
 * @param value 1..4294967295; 0 is reserved (RFC 7607)
 */
public record AsNumber(long value) implements Comparable<AsNumber> {
    /** AS_TRANS, the two-octet stand-in for a four-octet number (RFC 6793 section 9); nobody's own number. */
    public static final AsNumber TRANS = new AsNumber(23456);

    private static final long MAX = 0xFFFF_FFFFL;

    public AsNumber {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("an AS number must be 1..4294967295, got " + value);
        }
    }

    /**
     * Reads asplain ("4200000000") or asdot ("64086.59904") notation (RFC 5396).
     *
     * @throws IllegalArgumentException when the text is neither, or out of range
     */
    public static AsNumber parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new AsNumber(digits(text, text, MAX));
        }
        long high = digits(text.substring(0, dot), text, 0xFFFF);
        long low = digits(text.substring(dot + 1), text, 0xFFFF);
        return new AsNumber(high << 16 | low);
    }

    private static long digits(String part, String whole, long max) {
        if (part.isEmpty() || part.length() > 10 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not an AS number: \"" + whole + "\"");
        }
        long value = Long.parseLong(part);
        if (value > max) {
            throw new IllegalArgumentException("an AS number must be 1..4294967295, got " + whole);
        }
        return value;
    }

    /** True when the number needs four octets on the wire. */
    public boolean isFourOctet() {
        return value > 0xFFFF;
    }

    /** The number as the two-octet AS field of an OPEN carries it: itself, or AS_TRANS. */
    public int twoOctet() {
        return isFourOctet() ? (int) TRANS.value : (int) value;
    }

    @Override
    public int compareTo(AsNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
