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
            at += 1 + (bits + 7 >> 3);
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
            int octets = bits + 7 >> 3;
            byte[] address = new byte[family.bytes()];
            in.getBytes(at, address, 0, octets);
            prefixes.add(new IpPrefix(IpAddress.of(address).masked(bits), bits));
            at += octets;
        }
        return prefixes;
    }

    static void write(IpPrefix prefix, ByteBuf out) {
        IpAddress address = prefix.address();
        int bits = prefix.length();
        out.writeByte(bits);
        if (address.family() == AddressFamily.IPV4) {
            if (bits > 24) {
                out.writeInt((int) address.low());
            } else {
                head(address.low() << 32, bits, out);
            }
        } else if (bits > 120) {
            out.writeLong(address.high()).writeLong(address.low());
        } else {
            head(address.high(), Math.min(bits, 64), out);
            head(address.low(), bits - 64, out);
        }
    }

    /** The octets that hold the first bits of a word; none for 0 bits or fewer. */
    private static void head(long word, int bits, ByteBuf out) {
        for (int shift = 56; bits > 56 - shift; shift -= 8) {
            out.writeByte((int) (word >>> shift));
        }
    }

    static void write(List<IpPrefix> prefixes, AddressFamily family, ByteBuf out) {
        for (IpPrefix prefix : prefixes) {
            if (prefix.family() != family) {
                throw new IllegalArgumentException(prefix + " among routes of " + family);
            }
            write(prefix, out);
        }
    }
}
