// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * Writes UPDATEs that carry as many routes as fit: routes with equal attributes share a message. The attributes are encoded
 * once, and no object is made per route. Immutable, for any thread.
 *
 * <p>Each message is the octets before the routes, the routes, and the octets after them; what differs is only the value of
 * the length fields that the routes add to.
 */
public final class UpdatePacker {
    private static final int MESSAGE_LENGTH = BgpHeader.MARKER_LENGTH;
    private static final int WITHDRAWN_LENGTH = BgpHeader.LENGTH;
    private static final int ATTRIBUTES_LENGTH = BgpHeader.LENGTH + 2;
    private static final int MULTIPROTOCOL_LENGTH = ATTRIBUTES_LENGTH + 4;

    private final AddressFamily family;
    private final byte[] before;
    private final byte[] after;
    private final int[] lengthFields;
    private final int maxLength;

    /**
     * @param before from the marker up to the routes, with 0 in the message's length field, and in the others what they
     *     count without routes
     */
    private UpdatePacker(
            AddressFamily family, ByteBuf before, ByteBuf after, CodecOptions options, int... lengthFields) {
        before.setShort(MESSAGE_LENGTH, before.readableBytes() + after.readableBytes());
        this.family = family;
        this.before = ByteBufUtil.getBytes(before);
        this.after = ByteBufUtil.getBytes(after);
        this.lengthFields = lengthFields;
        this.maxLength = options.maxMessageLength();
        if (room() < 1 + family.bytes()) {
            throw new IllegalArgumentException("the attributes leave no room for a route in " + maxLength + " octets");
        }
    }

    /** How many host routes fill a message. */
    public int hostRoutes() {
        return room() / Nlri.longest(family);
    }

    private int room() {
        return maxLength - before.length - after.length;
    }

    /**
     * A packer of announcements of the next hop's family. IPv4 routes go into the NLRI field, IPv6 ones into MP_REACH_NLRI
     * with the global next hop alone.
     *
     * @param attributes all but NEXT_HOP and the multiprotocol ones, in any order
     * @throws IllegalArgumentException when the attributes are too long, or carry a next hop of their own
     */
    public static UpdatePacker announcing(PathAttributes attributes, IpAddress nextHop, CodecOptions options) {
        for (PathAttribute attribute : attributes.list()) {
            AttributeRule rule = AttributeRule.of(attribute.typeCode());
            if (rule == AttributeRule.NEXT_HOP || (rule != null && rule.isMultiprotocol())) {
                throw new IllegalArgumentException("the packer itself writes " + rule);
            }
        }
        List<PathAttribute> all = new ArrayList<>(AttributeWriter.withFourOctets(attributes.list(), options));
        boolean ipv4 = nextHop.family() == AddressFamily.IPV4;
        if (ipv4) {
            all.add(new PathAttribute.NextHop(nextHop));
        }
        all.sort(Comparator.comparingInt(PathAttribute::typeCode)); // RFC 4271 section 5: ascending
        ByteBuf encoded = Unpooled.buffer();
        AttributeWriter.writeAll(all, options, encoded);
        return ipv4 ? classic(encoded, options) : reach(nextHop, encoded, options);
    }

    private static UpdatePacker classic(ByteBuf attributes, CodecOptions options) {
        ByteBuf before = start(attributes.readableBytes()).writeBytes(attributes);
        return new UpdatePacker(AddressFamily.IPV4, before, Unpooled.EMPTY_BUFFER, options, MESSAGE_LENGTH);
    }

    /** MP_REACH_NLRI comes first, whatever its number (RFC 7606 section 5.1). */
    private static UpdatePacker reach(IpAddress nextHop, ByteBuf attributes, CodecOptions options) {
        ByteBuf value = family(nextHop.family());
        value.writeByte(nextHop.family().bytes()).writeBytes(nextHop.toBytes()).writeByte(0);
        return multiprotocol(AttributeRule.MP_REACH_NLRI, nextHop.family(), value, attributes, options);
    }

    private static UpdatePacker multiprotocol(
            AttributeRule rule, AddressFamily family, ByteBuf value, ByteBuf others, CodecOptions options) {
        int length = value.readableBytes();
        ByteBuf before = start(4 + length + others.readableBytes());
        before.writeByte(rule.flags | AttributeCursor.EXTENDED_LENGTH).writeByte(rule.type);
        before.writeShort(length).writeBytes(value);
        return new UpdatePacker(
                family, before, others, options, MESSAGE_LENGTH, ATTRIBUTES_LENGTH, MULTIPROTOCOL_LENGTH);
    }

    private static ByteBuf family(AddressFamily family) {
        return AttributeWriter.family(AfiSafi.unicast(family), Unpooled.buffer());
    }

    /** The header and the two length fields, without withdrawn routes between them. */
    private static ByteBuf start(int attributesLength) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.header(MessageType.UPDATE, out);
        return out.writeShort(0).writeShort(attributesLength);
    }

    /**
     * A packer of withdrawals: IPv4 routes go into the withdrawn routes field, IPv6 ones into MP_UNREACH_NLRI.
     */
    public static UpdatePacker withdrawing(AddressFamily family, CodecOptions options) {
        if (family == AddressFamily.IPV6) {
            return multiprotocol(AttributeRule.MP_UNREACH_NLRI, family, family(family), Unpooled.EMPTY_BUFFER, options);
        }
        ByteBuf before = start(0);
        ByteBuf noAttributes = before.slice(ATTRIBUTES_LENGTH, 2);
        return new UpdatePacker(
                family, before.writerIndex(ATTRIBUTES_LENGTH), noAttributes, options, MESSAGE_LENGTH, WITHDRAWN_LENGTH);
    }

    /**
     * Appends one UPDATE with as many of the next routes as fit; nothing when there are none.
     *
     * @param prefixes routes of the packer's family; only those written are taken from it
     * @return the number of routes written
     * @throws IllegalArgumentException at a route of another family; {@code out} is then as before
     */
    public int packOne(Iterator<IpPrefix> prefixes, ByteBuf out) {
        return pack(prefixes, new byte[room()], out);
    }

    /** Routes are put together in an array, whose bounds cost next to nothing, and copied at once. */
    private int pack(Iterator<IpPrefix> prefixes, byte[] routes, ByteBuf out) {
        int last = routes.length - Nlri.longest(family); // where the longest route would still fit
        int length = 0;
        int count = 0;
        while (length <= last && prefixes.hasNext()) {
            IpPrefix prefix = prefixes.next();
            if (prefix.family() != family) {
                throw new IllegalArgumentException(prefix + " among routes of " + family);
            }
            length = Nlri.put(prefix, routes, length);
            count++;
        }
        if (count > 0) {
            write(routes, length, out);
        }
        return count;
    }

    private void write(byte[] routes, int length, ByteBuf out) {
        int start = out.writerIndex();
        out.writeBytes(before).writeBytes(routes, 0, length).writeBytes(after);
        for (int field : lengthFields) {
            out.setShort(start + field, out.getUnsignedShort(start + field) + length);
        }
    }

    /**
     * Appends UPDATEs until no route is left.
     *
     * @return the number of messages written
     */
    public int packAll(Iterator<IpPrefix> prefixes, ByteBuf out) {
        byte[] routes = new byte[room()];
        int messages = 0;
        while (pack(prefixes, routes, out) > 0) {
            messages++;
        }
        return messages;
    }
}
