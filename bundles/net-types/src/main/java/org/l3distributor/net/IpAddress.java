// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address without a zone: a value of 16 bytes on the heap, never a name. An IPv4-mapped IPv6 address
 * stays an IPv6 address.
 *
 * @param family the family
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(AddressFamily family, long high, long low) implements Comparable<IpAddress> {
    public IpAddress {
        if (family == AddressFamily.IPV4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /** The IPv4 address with these 32 bits. */
    public static IpAddress v4(int bits) {
        return new IpAddress(AddressFamily.IPV4, 0, Integer.toUnsignedLong(bits));
    }

    /** The IPv6 address with these 128 bits. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(AddressFamily.IPV6, high, low);
    }

    /**
     * The address in network byte order.
     *
     * @throws IllegalArgumentException unless there are 4 or 16 bytes
     */
    public static IpAddress of(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> new IpAddress(AddressFamily.IPV4, 0, bits(bytes, 0, 4));
            case 16 -> new IpAddress(AddressFamily.IPV6, bits(bytes, 0, 8), bits(bytes, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, got " + bytes.length);
        };
    }

    /** The same address; an IPv6 zone is dropped. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * Reads a literal: dotted quad (four decimal parts without leading zeros) or RFC 4291 text. Zones, brackets, names
     * and prefix lengths are refused.
     *
     * @throws IllegalArgumentException when the text is not an address
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Text.parse(text) : v4(Ipv4Text.parse(text, text));
    }

    private static long bits(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = (value << 8) | (bytes[i] & 0xFF);
        }
        return value;
    }

    /** Network byte order, 4 or 16 bytes, a fresh array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[family.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            int shift = 8 * (bytes.length - 1 - i);
            bytes[i] = (byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift);
        }
        return bytes;
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length, which cannot be
        }
    }

    /** This address with every bit beyond the first {@code length} cleared. */
    public IpAddress masked(int length) {
        if (family == AddressFamily.IPV4) {
            return new IpAddress(family, 0, low & (mask(length) >>> 32));
        }
        return new IpAddress(family, high & mask(Math.min(length, 64)), low & mask(Math.max(length - 64, 0)));
    }

    private static long mask(int length) {
        return length == 0 ? 0 : -1L << (64 - length);
    }

    /** 0.0.0.0 or ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return family == AddressFamily.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return family == AddressFamily.IPV4 ? low >>> 28 == 0xE : high >>> 56 == 0xFF;
    }

    /** 169.254.0.0/16 or fe80::/10. */
    public boolean isLinkLocal() {
        return family == AddressFamily.IPV4 ? low >>> 16 == 0xA9FE : high >>> 54 == 0xFE80 >>> 6;
    }

    /** 255.255.255.255. */
    public boolean isBroadcast() {
        return family == AddressFamily.IPV4 && low == 0xFFFF_FFFFL;
    }

    /** ::ffff:0:0/96 (RFC 4291 section 2.5.5.2): IPv4 in IPv6 clothes, never seen on a wire. */
    public boolean isIpv4Mapped() {
        return family == AddressFamily.IPV6 && high == 0 && low >>> 32 == 0xFFFF;
    }

    // Written out: a record's own pair goes through method handles, which cost ten times as much where only C1
    // compiles.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && low == that.low && high == that.high && family == that.family;
    }

    @Override
    public int hashCode() {
        long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted quad, or the canonical text of RFC 5952. */
    @Override
    public String toString() {
        return family == AddressFamily.IPV4 ? Ipv4Text.format((int) low) : Ipv6Text.format(high, low);
    }
}
