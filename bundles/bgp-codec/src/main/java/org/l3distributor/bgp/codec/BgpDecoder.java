// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.RouteRefreshMessage;

/** Reads messages. */
public final class BgpDecoder {
    private static final int REFRESH_LENGTH = BgpHeader.LENGTH + 4;

    private BgpDecoder() {}

    /**
     * Reads one message: the readable octets of {@code frame}, header included. An UPDATE is judged and counted without an
     * object per route ({@link Decoded.Update}). The reader index does not move.
     */
    public static Decoded decode(ByteBuf frame, CodecOptions options) {
        return decode(frame, options, false);
    }

    /**
     * As {@link #decode(ByteBuf, CodecOptions)}, but an UPDATE is read in full ({@link Decoded.Message}), with the
     * treatment of RFC 7606 applied: a discarded attribute is absent, and a route treated as withdrawn stands among the
     * withdrawn ones. For looking at a capture; the speaker itself never uses inbound routes.
     */
    public static Decoded decodeInFull(ByteBuf frame, CodecOptions options) {
        return decode(frame, options, true);
    }

    private static Decoded decode(ByteBuf frame, CodecOptions options, boolean inFull) {
        HeaderCheck check = BgpHeader.check(frame, options);
        if (check instanceof ProtocolError error) {
            return error;
        }
        if (!(check instanceof BgpHeader header) || header.length() != frame.readableBytes()) {
            return ProtocolError.of(
                    BgpError.BAD_MESSAGE_LENGTH, "the frame has " + frame.readableBytes() + " octets: " + check);
        }
        ByteBuf body = frame.slice(frame.readerIndex() + BgpHeader.LENGTH, header.length() - BgpHeader.LENGTH);
        return switch (header.type()) {
            case OPEN -> OpenReader.read(body);
            case UPDATE -> update(body, options, inFull);
            case NOTIFICATION ->
                new Decoded.Message(
                        new NotificationMessage(body.readUnsignedByte(), body.readUnsignedByte(), rest(body)));
            case KEEPALIVE -> new Decoded.Message(KeepaliveMessage.INSTANCE);
            case ROUTE_REFRESH -> refresh(frame, body);
        };
    }

    private static Decoded update(ByteBuf body, CodecOptions options, boolean inFull) {
        Decoded judged = new UpdateJudge(body, options).judge();
        if (inFull && judged instanceof Decoded.Update update) {
            return new Decoded.Message(UpdateReader.read(body, options, update.update()));
        }
        return judged;
    }

    /** RFC 7313 section 5; what follows the four octets of a request are filters (RFC 5291) that nobody agreed on. */
    private static Decoded refresh(ByteBuf frame, ByteBuf body) {
        int subtype = body.getUnsignedByte(2);
        int length = frame.readableBytes();
        boolean mark = subtype == RouteRefreshMessage.BEGIN || subtype == RouteRefreshMessage.END;
        if (mark && length != REFRESH_LENGTH) {
            return ProtocolError.of(
                    BgpError.ROUTE_REFRESH_INVALID_LENGTH,
                    quote(frame, frame.readerIndex(), length),
                    "a ROUTE-REFRESH of subtype " + subtype + " can't be " + length + " octets long");
        }
        if (length < REFRESH_LENGTH) {
            return ProtocolError.of(
                    BgpError.BAD_MESSAGE_LENGTH, Octets.of((byte) 0, (byte) length), "a short ROUTE-REFRESH");
        }
        AfiSafi family = new AfiSafi(body.getUnsignedShort(0), body.getUnsignedByte(3));
        return new Decoded.Message(new RouteRefreshMessage(family, subtype));
    }

    private static Octets rest(ByteBuf body) {
        return octets(body, body.readerIndex(), body.readableBytes());
    }

    static Octets octets(ByteBuf in, int at, int length) {
        return length == 0 ? Octets.EMPTY : Octets.of(ByteBufUtil.getBytes(in, at, length));
    }

    /** The beginning of something that a NOTIFICATION quotes, so that the whole fits a message of standard length. */
    static Octets quote(ByteBuf in, int at, int length) {
        return octets(in, at, Math.min(length, CodecOptions.STANDARD_LENGTH - BgpHeader.LENGTH - 2));
    }
}
