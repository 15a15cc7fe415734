// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.net.AsNumber;

/** Reads the value of one capability, once its length is known to be right. */
final class CapabilityReader {
    private CapabilityReader() {}

    static boolean lengthFits(int code, int length) {
        return switch (code) {
            case Capability.Multiprotocol.CODE, Capability.FourOctetAs.CODE -> length == 4;
            case Capability.RouteRefresh.CODE, Capability.ExtendedMessage.CODE, Capability.EnhancedRouteRefresh.CODE ->
                length == 0;
            case Capability.ExtendedNextHop.CODE -> length % 6 == 0;
            case Capability.AddPath.CODE -> length % 4 == 0;
            case Capability.GracefulRestart.CODE -> length % 4 == 2;
            default -> true;
        };
    }

    static Capability read(int code, ByteBuf in) {
        return switch (code) {
            case Capability.Multiprotocol.CODE -> new Capability.Multiprotocol(wideFamily(in));
            case Capability.RouteRefresh.CODE -> new Capability.RouteRefresh();
            case Capability.ExtendedNextHop.CODE -> extendedNextHop(in);
            case Capability.ExtendedMessage.CODE -> new Capability.ExtendedMessage();
            case Capability.GracefulRestart.CODE -> gracefulRestart(in);
            case Capability.FourOctetAs.CODE -> new Capability.FourOctetAs(new AsNumber(in.readUnsignedInt()));
            case Capability.AddPath.CODE -> addPath(in);
            case Capability.EnhancedRouteRefresh.CODE -> new Capability.EnhancedRouteRefresh();
            default ->
                new Capability.UnknownCapability(code, BgpDecoder.octets(in, in.readerIndex(), in.readableBytes()));
        };
    }

    private static Capability extendedNextHop(ByteBuf in) {
        List<Capability.ExtendedNextHop.Entry> entries = new ArrayList<>();
        while (in.isReadable()) {
            entries.add(new Capability.ExtendedNextHop.Entry(wideFamily(in), in.readUnsignedShort()));
        }
        return new Capability.ExtendedNextHop(entries);
    }

    private static Capability gracefulRestart(ByteBuf in) {
        int head = in.readUnsignedShort();
        List<Capability.GracefulRestart.Family> families = new ArrayList<>();
        while (in.isReadable()) {
            families.add(new Capability.GracefulRestart.Family(family(in), (in.readByte() & 0x80) != 0));
        }
        return new Capability.GracefulRestart((head & 0x8000) != 0, (head & 0x4000) != 0, head & 0xFFF, families);
    }

    private static Capability addPath(ByteBuf in) {
        List<Capability.AddPath.Entry> entries = new ArrayList<>();
        while (in.isReadable()) {
            entries.add(new Capability.AddPath.Entry(family(in), in.readUnsignedByte()));
        }
        return new Capability.AddPath(entries);
    }

    private static AfiSafi family(ByteBuf in) {
        return new AfiSafi(in.readUnsignedShort(), in.readUnsignedByte());
    }

    /** With an octet before the SAFI that is to be ignored (RFC 4760 section 8). */
    private static AfiSafi wideFamily(ByteBuf in) {
        return new AfiSafi(in.readUnsignedShort(), in.readUnsignedShort() & 0xFF);
    }
}
