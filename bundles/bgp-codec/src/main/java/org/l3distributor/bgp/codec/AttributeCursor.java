// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Octets;

/** Walks over path attributes. */
final class AttributeCursor {
    static final int EXTENDED_LENGTH = 0x10;

    private final ByteBuf in;
    private final int end;
    private int start;
    private int next;
    private int value;

    AttributeCursor(ByteBuf in, UpdateLayout layout) {
        this.in = in;
        this.next = layout.attributes();
        this.end = layout.attributesEnd();
    }

    /** Steps to the next attribute; false at the end, and where the rest isn't an attribute. */
    boolean advance() {
        int left = end - next;
        if (left < 3) {
            return false;
        }
        boolean extended = (in.getByte(next) & EXTENDED_LENGTH) != 0;
        if (extended && left < 4) {
            return false;
        }
        int at = next + (extended ? 4 : 3);
        int length = extended ? in.getUnsignedShort(next + 2) : in.getUnsignedByte(next + 2);
        if (length > end - at) {
            return false;
        }
        start = next;
        value = at;
        next = at + length;
        return true;
    }

    /** Once {@link #advance} said false: the attributes didn't fill their field (RFC 7606 section 4). */
    boolean isCutOff() {
        return next != end;
    }

    int flags() {
        return in.getUnsignedByte(start);
    }

    int type() {
        return in.getUnsignedByte(start + 1);
    }

    /** Index of the value's first octet. */
    int value() {
        return value;
    }

    int length() {
        return next - value;
    }

    /** Index after the value's last octet. */
    int end() {
        return next;
    }

    /** The family at the head of a multiprotocol attribute of at least 3 octets. */
    AfiSafi family() {
        return new AfiSafi(in.getUnsignedShort(value), in.getUnsignedByte(value + 2));
    }

    /** The whole attribute, as a NOTIFICATION quotes it (RFC 4271 section 6.3). */
    Octets quote() {
        return BgpDecoder.quote(in, start, next - start);
    }
}
