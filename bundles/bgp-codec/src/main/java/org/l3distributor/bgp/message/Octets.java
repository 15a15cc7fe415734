// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value: immutable, equal by content, printed in hex. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** Reads hex digits without separators. */
    public static Octets ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The octet at {@code index}, 0..255. */
    public int get(int index) {
        return bytes[index] & 0xFF;
    }

    /** A fresh array. */
    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hex without separators. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
