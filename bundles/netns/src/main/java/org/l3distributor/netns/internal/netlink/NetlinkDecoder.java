// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Acknowledged;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.AddressSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Datagram;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.DumpEnd;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.LinkSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Other;

/** Datagrams of the kernel to values: netlink(7), and the links and addresses of rtnetlink(7). */
final class NetlinkDecoder {
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_DUMP_INTR = 0x10;

    private static final int CARRIER = NetlinkEncoder.IFF_RUNNING | NetlinkEncoder.IFF_LOWER_UP;

    /** The two upper bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
    private static final int ATTRIBUTE_TYPE = 0x3FFF;

    private NetlinkDecoder() {}

    /** What a message says whose type isn't one of those that all netlink protocols share. */
    interface Body {
        NetlinkMessage decode(int type, ByteBuffer body);
    }

    /** Reads a datagram of NETLINK_ROUTE; otherwise as the other one. */
    static Datagram decode(byte[] bytes, int length) {
        return decode(bytes, length, NetlinkDecoder::routing);
    }

    /**
     * Reads the first {@code length} bytes.
     *
     * @throws IllegalArgumentException when a length field doesn't fit what is there
     */
    static Datagram decode(byte[] bytes, int length, Body bodies) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        boolean interrupted = false;
        try {
            while (in.hasRemaining()) {
                int size = in.getInt();
                int type = Short.toUnsignedInt(in.getShort());
                interrupted |= (in.getShort() & NLM_F_DUMP_INTR) != 0;
                int sequence = in.getInt();
                in.getInt(); // port
                messages.add(message(type, sequence, part(in, size - NetlinkEncoder.HEADER), bodies));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a netlink message of " + length + " bytes is cut short", e);
        }
        return new Datagram(messages, interrupted);
    }

    /** The next bytes as a buffer of their own, and the padding to four bytes skipped. */
    private static ByteBuffer part(ByteBuffer in, int size) {
        if (size < 0 || size > in.remaining()) {
            throw new IllegalArgumentException("a netlink length says " + size + " of " + in.remaining() + " bytes");
        }
        ByteBuffer part = in.slice(in.position(), size).order(ByteOrder.nativeOrder());
        in.position(in.position() + Math.min((size + 3) & ~3, in.remaining()));
        return part;
    }

    private static NetlinkMessage message(int type, int sequence, ByteBuffer body, Body bodies) {
        return switch (type) {
            case NLMSG_ERROR -> new Acknowledged(sequence, -body.getInt());
            case NLMSG_DONE -> new DumpEnd(sequence, body.remaining() < 4 ? 0 : -body.getInt());
            default -> bodies.decode(type, body);
        };
    }

    static NetlinkMessage routing(int type, ByteBuffer body) {
        return switch (type) {
            case NetlinkEncoder.RTM_NEWLINK -> link(type, body);
            case NetlinkEncoder.RTM_NEWADDR -> address(type, body);
            case RouteEncoder.RTM_NEWROUTE -> RouteDecoder.route(type, body);
            case RouteEncoder.RTM_NEWRULE -> RouteDecoder.rule(type, body);
            default -> new Other(type);
        };
    }

    private static NetlinkMessage link(int type, ByteBuffer body) {
        body.getInt(); // family, padding, device type
        int index = body.getInt();
        int flags = body.getInt();
        body.getInt(); // change mask
        Map<Integer, ByteBuffer> attributes = attributes(body);
        ByteBuffer name = attributes.get(NetlinkEncoder.IFLA_IFNAME);
        ByteBuffer mtu = attributes.get(NetlinkEncoder.IFLA_MTU);
        if (name == null || mtu == null) {
            return new Other(type); // such as the wireless extensions' news, which share the type
        }
        boolean up = (flags & NetlinkEncoder.IFF_UP) != 0;
        boolean carrier = up && (flags & CARRIER) == CARRIER;
        ByteBuffer mac = attributes.get(NetlinkEncoder.IFLA_ADDRESS);
        return new LinkSeen(
                new Link(index, text(name), up, carrier, mac(mac), mtu.getInt()),
                traffic(attributes.get(NetlinkEncoder.IFLA_STATS64)));
    }

    /** Packets received and sent, bytes received and sent, and more (struct rtnl_link_stats64). */
    private static LinkTraffic traffic(@Nullable ByteBuffer figures) {
        if (figures == null) {
            return LinkTraffic.NONE;
        }
        figures.position(2 * Long.BYTES);
        return new LinkTraffic(figures.getLong(), figures.getLong());
    }

    private static NetlinkMessage address(int type, ByteBuffer body) {
        int family = body.get();
        int length = Byte.toUnsignedInt(body.get());
        body.getShort(); // flags, scope
        int index = body.getInt();
        Map<Integer, ByteBuffer> attributes = attributes(body);
        // On a point-to-point link IFA_ADDRESS is the other end; IPv6 gives IFA_LOCAL only there.
        ByteBuffer own = attributes.getOrDefault(NetlinkEncoder.IFA_LOCAL, attributes.get(NetlinkEncoder.IFA_ADDRESS));
        if (own == null || (family != NetlinkEncoder.AF_INET && family != NetlinkEncoder.AF_INET6)) {
            return new Other(type);
        }
        return new AddressSeen(new LinkAddress(index, IpAddress.of(bytes(own)), length));
    }

    static AddressFamily family(int number) {
        return number == NetlinkEncoder.AF_INET6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }

    static Map<Integer, ByteBuffer> attributes(ByteBuffer in) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        while (in.remaining() >= 4) {
            int size = Short.toUnsignedInt(in.getShort());
            int type = in.getShort() & ATTRIBUTE_TYPE;
            attributes.put(type, part(in, size - 4));
        }
        return attributes;
    }

    private static String text(ByteBuffer in) {
        String text = new String(bytes(in), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static @Nullable String mac(@Nullable ByteBuffer in) {
        if (in == null) {
            return null;
        }
        byte[] bytes = bytes(in);
        for (byte octet : bytes) {
            if (octet != 0) {
                return HexFormat.ofDelimiter(":").formatHex(bytes);
            }
        }
        return null; // lo has one of zeros
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
