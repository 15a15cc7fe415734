// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.AddressFamily;

/** Writes the body of an UPDATE that fits one message; {@link UpdatePacker} is for many routes. */
final class UpdateWriter {
    private UpdateWriter() {}

    static void write(UpdateMessage update, CodecOptions options, ByteBuf out) {
        int withdrawn = out.writerIndex();
        out.writeShort(0);
        Nlri.write(update.withdrawn(), AddressFamily.IPV4, out);
        length(withdrawn, out);
        int attributes = out.writerIndex();
        out.writeShort(0);
        AttributeWriter.write(update.attributes().list(), options, out);
        length(attributes, out);
        Nlri.write(update.announced(), AddressFamily.IPV4, out);
    }

    /** Fills in a length field by what was written behind it. One that overflows is in a message that doesn't fit. */
    private static void length(int field, ByteBuf out) {
        out.setShort(field, out.writerIndex() - field - 2);
    }
}
