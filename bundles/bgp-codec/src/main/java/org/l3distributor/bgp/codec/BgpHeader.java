// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.Octets;

/**
 * A good message header (RFC 4271 section 4.1).
 *
 * @param length total length in octets, the header's 19 included
 */
public record BgpHeader(int length, MessageType type) implements HeaderCheck {
    /** Length of the header in octets. */
    public static final int LENGTH = 19;

    static final int MARKER_LENGTH = 16;

    /**
     * Judges the header at the reader index, which does not move (RFC 4271 section 6.1, RFC 8654 section 4). A frame
     * decoder calls this with whatever has arrived, and cuts {@link #length()} octets when they are there.
     */
    public static HeaderCheck check(ByteBuf in, CodecOptions options) {
        if (in.readableBytes() < LENGTH) {
            return Incomplete.INSTANCE;
        }
        int at = in.readerIndex();
        if (in.getLong(at) != -1L || in.getLong(at + 8) != -1L) {
            return ProtocolError.of(BgpError.CONNECTION_NOT_SYNCHRONIZED, "the marker is not all ones");
        }
        int length = in.getUnsignedShort(at + MARKER_LENGTH);
        int code = in.getUnsignedByte(at + MARKER_LENGTH + 2);
        Optional<MessageType> known = MessageType.ofCode(code);
        if (length < LENGTH || length > options.maxMessageLength()) {
            return badLength(length, "type " + code);
        }
        if (known.isEmpty()) {
            return ProtocolError.of(
                    BgpError.BAD_MESSAGE_TYPE, Octets.of((byte) code), "there is no message type " + code);
        }
        MessageType type = known.get();
        if (length < type.minLength() || length > type.maxLength()) {
            return badLength(length, type.toString());
        }
        return new BgpHeader(length, type);
    }

    private static ProtocolError badLength(int length, String what) {
        return ProtocolError.of(
                BgpError.BAD_MESSAGE_LENGTH,
                Octets.of((byte) (length >>> 8), (byte) length),
                "a message of " + what + " can't be " + length + " octets long");
    }
}
