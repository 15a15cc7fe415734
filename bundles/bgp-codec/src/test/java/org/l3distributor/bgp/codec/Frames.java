// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Builds frames from hex, for what an encoder would refuse to write. */
final class Frames {
    private Frames() {}

    /** A message with the right length field. */
    static ByteBuf message(int type, String bodyHex) {
        byte[] body = Samples.hex(bodyHex);
        return Unpooled.buffer()
                .writeLong(-1)
                .writeLong(-1)
                .writeShort(BgpHeader.LENGTH + body.length)
                .writeByte(type)
                .writeBytes(body);
    }

    /** An UPDATE with the right lengths around the three fields. */
    static ByteBuf update(String withdrawnHex, String attributesHex, String nlriHex) {
        return message(2, sized(withdrawnHex) + sized(attributesHex) + nlriHex);
    }

    private static String sized(String hex) {
        return String.format("%04x", Samples.hex(hex).length) + hex;
    }

    /** An OPEN of AS 65000, hold time 9, 192.0.2.1, with these optional parameters, their length octet included. */
    static ByteBuf open(String parametersHex) {
        return message(1, "04fde80009c0000201" + parametersHex);
    }
}
