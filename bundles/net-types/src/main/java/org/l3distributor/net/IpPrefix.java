// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

import org.jspecify.annotations.Nullable;

/**
 * An address block in canonical form: no bit is set beyond the length.
 *
 * @param address first address of the block
 * @param length prefix length in bits: 0..32 or 0..128
 */
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {
    public IpPrefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("the prefix length of " + address + " must be 0.."
                    + address.family().bits() + ", got " + length);
        }
        if (!address.masked(length).equals(address)) {
            throw new IllegalArgumentException(
                    address + "/" + length + " has bits set beyond its prefix length; did you mean "
                            + address.masked(length) + "/" + length + "?");
        }
    }

    /** The /32 or /128 of one address. */
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    /**
     * Reads "203.0.113.0/24" or "2001:db8::/64".
     *
     * @throws IllegalArgumentException when it isn't a prefix in canonical form
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        String digits = slash < 0 ? "" : text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not an address prefix (ADDRESS/LENGTH): \"" + text + "\"");
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(digits));
    }

    /** True when the address lies in this block. */
    public boolean contains(IpAddress other) {
        return other.family() == address.family() && other.masked(length).equals(address);
    }

    /** True when the whole of the other block lies in this one. */
    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    public AddressFamily family() {
        return address.family();
    }

    /** True for a /32 or /128. */
    public boolean isHost() {
        return length == address.family().bits();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpPrefix that && length == that.length && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode() + length;
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
