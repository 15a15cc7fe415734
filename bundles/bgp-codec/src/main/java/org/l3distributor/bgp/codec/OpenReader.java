// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.RouterId;

/**
 * Reads the body of an OPEN and refuses what is wrong in itself (RFC 4271 section 6.2). Whether this is the right peer, and
 * whether its capabilities suffice, is the session machine's to say.
 */
final class OpenReader {
    private final ByteBuf body;
    private final List<Capability> capabilities = new ArrayList<>();

    private OpenReader(ByteBuf body) {
        this.body = body;
    }

    /** The header check has seen to it that there are 10 octets. */
    static Decoded read(ByteBuf body) {
        return new OpenReader(body).read();
    }

    private Decoded read() {
        int version = body.readUnsignedByte();
        if (version != OpenMessage.VERSION) {
            return ProtocolError.of(
                    BgpError.UNSUPPORTED_VERSION, Octets.of((byte) 0, (byte) OpenMessage.VERSION), "BGP-" + version);
        }
        int as = body.readUnsignedShort();
        int holdTime = body.readUnsignedShort();
        int identifier = body.readInt();
        if (as == 0) {
            return ProtocolError.of(BgpError.BAD_PEER_AS, "AS 0"); // RFC 7607
        }
        if (identifier == 0) {
            return ProtocolError.of(BgpError.BAD_BGP_IDENTIFIER, "BGP identifier 0.0.0.0"); // RFC 6286
        }
        if (holdTime == 1 || holdTime == 2) {
            return ProtocolError.of(BgpError.UNACCEPTABLE_HOLD_TIME, "hold time " + holdTime + " s");
        }
        ProtocolError error = parameters();
        if (error == null) {
            error = checkAs(as);
        }
        if (error != null) {
            return error;
        }
        return new Decoded.Message(new OpenMessage(new AsNumber(as), holdTime, new RouterId(identifier), capabilities));
    }

    private @Nullable ProtocolError parameters() {
        int length = body.readUnsignedByte();
        // RFC 9072 section 2: the first type tells the extended form, whatever the length octet says (but not 0).
        boolean extended =
                length != 0 && body.isReadable() && body.getUnsignedByte(body.readerIndex()) == OpenWriter.EXTENDED;
        if (extended) {
            body.skipBytes(1);
            if (body.readableBytes() < 2) {
                return malformed("the length of the extended optional parameters is cut off");
            }
            length = body.readUnsignedShort();
        }
        if (length != body.readableBytes()) {
            return malformed("optional parameters of " + length + " octets, there are " + body.readableBytes());
        }
        ProtocolError error = null;
        while (error == null && body.isReadable()) {
            error = parameter(extended ? 3 : 2);
        }
        return error;
    }

    private @Nullable ProtocolError parameter(int headLength) {
        if (body.readableBytes() < headLength) {
            return malformed("an optional parameter is cut off");
        }
        int type = body.readUnsignedByte();
        int length = headLength == 2 ? body.readUnsignedByte() : body.readUnsignedShort();
        if (length > body.readableBytes()) {
            return malformed("optional parameter " + type + " exceeds the message");
        }
        if (type != OpenWriter.CAPABILITIES) {
            return ProtocolError.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER, "optional parameter " + type);
        }
        return capabilities(body.readSlice(length));
    }

    private @Nullable ProtocolError capabilities(ByteBuf in) {
        while (in.isReadable()) {
            if (in.readableBytes() < 2) {
                return malformed("a capability is cut off");
            }
            int code = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length > in.readableBytes()) {
                return malformed("capability " + code + " exceeds its optional parameter");
            }
            ByteBuf value = in.readSlice(length);
            if (!CapabilityReader.lengthFits(code, length)) {
                return malformed("capability " + code + " can't be " + length + " octets long");
            }
            if (code == Capability.FourOctetAs.CODE && value.getInt(0) == 0) {
                return ProtocolError.of(BgpError.BAD_PEER_AS, "AS 0 in the four-octet AS capability");
            }
            capabilities.add(CapabilityReader.read(code, value));
        }
        return null;
    }

    /** The capability must not contradict the field, unless that is AS_TRANS (RFC 6793 section 4.1). */
    private @Nullable ProtocolError checkAs(int field) {
        for (Capability capability : capabilities) {
            if (capability instanceof Capability.FourOctetAs fourOctet) {
                AsNumber as = fourOctet.as();
                boolean agrees = field == AsNumber.TRANS.value() || field == as.value();
                if (!agrees || as.equals(AsNumber.TRANS)) {
                    return ProtocolError.of(
                            BgpError.BAD_PEER_AS, "AS field " + field + ", four-octet AS capability " + as);
                }
            }
        }
        return null;
    }

    /** RFC 4271 section 6.2: recognised but malformed is "unspecific". */
    private static ProtocolError malformed(String reason) {
        return ProtocolError.of(BgpError.OPEN_MESSAGE_ERROR, reason);
    }
}
