// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** Lists of prefixes on the wire: a length in bits, then as many octets as it needs (RFC 4271 section 4.3). */
final class Nlri {
    private Nlri() {}

    /**
     * Counts the prefixes between two indexes.
     *
     * @return -1 when the list is syntactically incorrect (RFC 7606 section 5.3)
     */
    static int count(ByteBuf in, int from, int end, int maxBits) {
        int count = 0;
        int at = from;
        while (at < end) {
            int bits = in.getUnsignedByte(at);
            at += 1 + ((bits + 7) >> 3);
            if (bits > maxBits) {
                return -1;
            }
            count++;
        }
        return at == end ? count : -1;
    }

    /** The prefixes between two indexes, of a list that could be counted. Bits beyond a length mean nothing. */
    static List<IpPrefix> read(ByteBuf in, int from, int end, AddressFamily family) {
        List<IpPrefix> prefixes = new ArrayList<>();
        int at = from;
        while (at < end) {
            int bits = in.getUnsignedByte(at++);
            int octets = (bits + 7) >> 3;
            byte[] address = new byte[family.bytes()];
            in.getBytes(at, address, 0, octets);
            prefixes.add(new IpPrefix(IpAddress.of(address).masked(bits), bits));
            at += octets;
        }
        return prefixes;
    }

    /** Octets of the longest route of a family. */
    static int longest(AddressFamily family) {
        return 1 + family.bytes();
    }

    /** Writes a route at an index of an array with room for the longest; gives the index after it. */
    static int put(IpPrefix prefix, byte[] out, int at) {
        IpAddress address = prefix.address();
        int bits = prefix.length();
        out[at] = (byte) bits;
        int end = at + 1 + ((bits + 7) >> 3);
        boolean ipv4 = address.family() == AddressFamily.IPV4;
        long word = ipv4 ? address.low() << 32 : address.high();
        for (int i = at + 1; i < end; i++) {
            if (i == at + 9) {
                word = address.low();
            }
            out[i] = (byte) (word >>> 56);
            word <<= 8;
        }
        return end;
    }

    static void write(List<IpPrefix> prefixes, AddressFamily family, ByteBuf out) {
        byte[] route = new byte[longest(family)];
        for (IpPrefix prefix : prefixes) {
            if (prefix.family() != family) {
                throw new IllegalArgumentException(prefix + " among routes of " + family);
            }
            out.writeBytes(route, 0, put(prefix, route, 0));
        }
    }
}
