// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.message.UpdateMessage;

/** Writes messages. */
public final class BgpEncoder {
    private BgpEncoder() {}

    /**
     * Appends one whole message, header included.
     *
     * @param options what has been agreed with the peer; {@link CodecOptions#BEFORE_OPEN} until then
     * @throws IllegalArgumentException when the message is longer than agreed, or can't be said to this peer; {@code out}
     *     is then as before
     */
    public static void encode(BgpMessage message, CodecOptions options, ByteBuf out) {
        int start = out.writerIndex();
        try {
            header(message.type(), out);
            body(message, options, out);
            int length = out.writerIndex() - start;
            int max = Math.min(options.maxMessageLength(), message.type().maxLength());
            if (length > max) {
                throw new IllegalArgumentException(message.type() + " of " + length + " octets, the peer takes " + max);
            }
            out.setShort(start + BgpHeader.MARKER_LENGTH, length);
        } catch (RuntimeException e) {
            out.writerIndex(start);
            throw e;
        }
    }

    /** Appends the End-of-RIB of a family (RFC 4724 section 2). */
    public static void endOfRib(AfiSafi family, ByteBuf out) {
        encode(UpdateMessage.endOfRib(family), CodecOptions.BEFORE_OPEN, out);
    }

    /** Marker, a length of 0 to be filled in, and the type. */
    static void header(MessageType type, ByteBuf out) {
        out.writeLong(-1).writeLong(-1).writeShort(0).writeByte(type.code());
    }

    private static void body(BgpMessage message, CodecOptions options, ByteBuf out) {
        if (message instanceof OpenMessage open) {
            OpenWriter.write(open, out);
        } else if (message instanceof UpdateMessage update) {
            UpdateWriter.write(update, options, out);
        } else if (message instanceof NotificationMessage notification) {
            out.writeByte(notification.code()).writeByte(notification.subcode());
            out.writeBytes(notification.data().toArray());
        } else if (message instanceof RouteRefreshMessage refresh) {
            out.writeShort(refresh.family().afi())
                    .writeByte(refresh.subtype())
                    .writeByte(refresh.family().safi());
        } // a KEEPALIVE is its header
    }
}
