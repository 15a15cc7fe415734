// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.OpenMessage;

/** Writes the body of an OPEN; all capabilities go into one optional parameter (RFC 5492 section 4). */
final class OpenWriter {
    static final int CAPABILITIES = 2;
    static final int EXTENDED = 255;

    private OpenWriter() {}

    static void write(OpenMessage open, ByteBuf out) {
        out.writeByte(OpenMessage.VERSION)
                .writeShort((int) open.myAs().value())
                .writeShort(open.holdTimeSeconds())
                .writeInt(open.identifier().value());
        ByteBuf capabilities = out.alloc().heapBuffer();
        try {
            open.capabilities().forEach(capability -> write(capability, capabilities));
            parameters(capabilities, out);
        } finally {
            capabilities.release();
        }
    }

    /** Longer than 255 octets, parameters need the extended form (RFC 9072 section 2). */
    private static void parameters(ByteBuf capabilities, ByteBuf out) {
        int length = capabilities.readableBytes();
        if (length == 0) {
            out.writeByte(0);
        } else if (length + 2 <= 0xFF) {
            out.writeByte(length + 2).writeByte(CAPABILITIES).writeByte(length);
        } else {
            out.writeByte(EXTENDED).writeByte(EXTENDED).writeShort(length + 3);
            out.writeByte(CAPABILITIES).writeShort(length);
        }
        out.writeBytes(capabilities);
    }

    private static void write(Capability capability, ByteBuf out) {
        out.writeByte(capability.code()).writeByte(0);
        int start = out.writerIndex();
        value(capability, out);
        int length = out.writerIndex() - start;
        if (length > 0xFF) {
            throw new IllegalArgumentException("a capability has at most 255 octets, got " + length);
        }
        out.setByte(start - 1, length);
    }

    private static void value(Capability capability, ByteBuf out) {
        if (capability instanceof Capability.Multiprotocol multiprotocol) {
            AfiSafi family = multiprotocol.family();
            out.writeShort(family.afi()).writeShort(family.safi()); // a reserved octet before the SAFI
        } else if (capability instanceof Capability.ExtendedNextHop nextHop) {
            nextHop.entries()
                    .forEach(entry -> out.writeShort(entry.family().afi())
                            .writeShort(entry.family().safi())
                            .writeShort(entry.nextHopAfi()));
        } else if (capability instanceof Capability.GracefulRestart restart) {
            gracefulRestart(restart, out);
        } else if (capability instanceof Capability.FourOctetAs fourOctet) {
            out.writeInt((int) fourOctet.as().value());
        } else if (capability instanceof Capability.AddPath addPath) {
            addPath.entries().forEach(entry -> family(entry.family(), out).writeByte(entry.mode()));
        } else if (capability instanceof Capability.UnknownCapability unknown) {
            out.writeBytes(unknown.value().toArray());
        } // the others say all by their code
    }

    private static void gracefulRestart(Capability.GracefulRestart restart, ByteBuf out) {
        int flags = (restart.restarted() ? 0x8000 : 0) | (restart.notification() ? 0x4000 : 0);
        out.writeShort(flags | restart.restartTimeSeconds());
        restart.families().forEach(entry -> family(entry.family(), out).writeByte(entry.forwardingKept() ? 0x80 : 0));
    }

    private static ByteBuf family(AfiSafi family, ByteBuf out) {
        return out.writeShort(family.afi()).writeByte(family.safi());
    }
}
