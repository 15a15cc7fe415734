// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;

/** Reads messages. */
public final class BgpDecoder {
    private BgpDecoder() {}

    /**
     * Reads one message: the readable octets of {@code frame}, header included. An UPDATE is judged and counted without an
     * object per route ({@link Decoded.Update}). The reader index ends anywhere.
     */
    public static Decoded decode(ByteBuf frame, CodecOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * As {@link #decode}, but an UPDATE is read in full ({@link Decoded.Message}), with the treatment of RFC 7606 applied:
     * a discarded attribute is absent, and a route treated as withdrawn stands among the withdrawn ones. For looking at a
     * capture; the speaker itself never uses inbound routes.
     */
    public static Decoded decodeInFull(ByteBuf frame, CodecOptions options) {
        throw new UnsupportedOperationException();
    }
}
