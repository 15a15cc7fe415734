// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpMessage;

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
        throw new UnsupportedOperationException();
    }

    /** Appends the End-of-RIB of a family (RFC 4724 section 2). */
    public static void endOfRib(AfiSafi family, ByteBuf out) {
        throw new UnsupportedOperationException();
    }
}
