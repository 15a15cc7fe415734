// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** Writes path attributes. */
final class AttributeWriter {
    private AttributeWriter() {}

    /** Appends the attributes in the given order, then the four-octet ones that a two-octet peer is to pass on. */
    static void write(List<PathAttribute> attributes, CodecOptions options, ByteBuf out) {
        writeAll(withFourOctets(attributes, options), options, out);
    }

    /** Appends these attributes and no others. */
    static void writeAll(List<PathAttribute> attributes, CodecOptions options, ByteBuf out) {
        attributes.forEach(attribute -> write(attribute, options, out));
    }

    /** RFC 6793 section 4.2.2: what AS_TRANS hides stands in AS4_PATH and AS4_AGGREGATOR. */
    static List<PathAttribute> withFourOctets(List<PathAttribute> attributes, CodecOptions options) {
        if (options.fourOctetAs()) {
            return attributes;
        }
        List<PathAttribute> all = new ArrayList<>(attributes);
        for (PathAttribute attribute : attributes) {
            if (attribute instanceof PathAttribute.AsPath path && AsPathSyntax.needsFourOctets(path.segments())) {
                all.add(fourOctets(AttributeRule.AS4_PATH, as4Path(path)));
            } else if (attribute instanceof PathAttribute.Aggregator aggregator
                    && aggregator.as().isFourOctet()) {
                all.add(fourOctets(AttributeRule.AS4_AGGREGATOR, aggregator));
            }
        }
        return all;
    }

    /** Segments of a confederation don't go into AS4_PATH (RFC 6793 section 4.2.2). */
    private static PathAttribute as4Path(PathAttribute.AsPath path) {
        return new PathAttribute.AsPath(path.segments().stream()
                .filter(segment -> segment.type() == AsSegment.SET || segment.type() == AsSegment.SEQUENCE)
                .toList());
    }

    private static PathAttribute fourOctets(AttributeRule rule, PathAttribute original) {
        ByteBuf value = Unpooled.buffer();
        value(original, 4, value);
        return new PathAttribute.UnknownAttribute(
                rule.flags, rule.type, BgpDecoder.octets(value, 0, value.readableBytes()));
    }

    private static void write(PathAttribute attribute, CodecOptions options, ByteBuf out) {
        ByteBuf value = out.alloc().heapBuffer();
        try {
            value(attribute, options.asWidth(), value);
            int length = value.readableBytes();
            if (length > 0xFFFF) {
                throw new IllegalArgumentException(
                        "path attribute " + attribute.typeCode() + " of " + length + " octets");
            }
            if (length > 0xFF) {
                out.writeByte(flags(attribute) | AttributeCursor.EXTENDED_LENGTH)
                        .writeByte(attribute.typeCode())
                        .writeShort(length);
            } else {
                out.writeByte(flags(attribute)).writeByte(attribute.typeCode()).writeByte(length);
            }
            out.writeBytes(value);
        } finally {
            value.release();
        }
    }

    private static int flags(PathAttribute attribute) {
        if (attribute instanceof PathAttribute.UnknownAttribute unknown) {
            return unknown.flags();
        }
        AttributeRule rule = AttributeRule.of(attribute.typeCode());
        if (rule == null) {
            throw new IllegalStateException("no rule for path attribute " + attribute.typeCode());
        }
        return rule.flags;
    }

    static void value(PathAttribute attribute, int asWidth, ByteBuf out) {
        if (attribute instanceof PathAttribute.Origin origin) {
            out.writeByte(origin.ordinal());
        } else if (attribute instanceof PathAttribute.AsPath path) {
            AsPathSyntax.write(path.segments(), asWidth, out);
        } else if (attribute instanceof PathAttribute.NextHop nextHop) {
            out.writeInt((int) nextHop.address().low());
        } else if (attribute instanceof PathAttribute.MultiExitDisc med) {
            out.writeInt((int) med.value());
        } else if (attribute instanceof PathAttribute.LocalPref localPref) {
            out.writeInt((int) localPref.value());
        } else if (attribute instanceof PathAttribute.Aggregator aggregator) {
            AsPathSyntax.write(aggregator.as(), asWidth, out);
            out.writeInt((int) aggregator.address().low());
        } else if (attribute instanceof PathAttribute.UnknownAttribute unknown) {
            out.writeBytes(unknown.value().toArray());
        } else {
            list(attribute, out);
        }
    }

    private static void list(PathAttribute attribute, ByteBuf out) {
        if (attribute instanceof PathAttribute.Communities communities) {
            communities.values().forEach(community -> out.writeInt(community.value()));
        } else if (attribute instanceof PathAttribute.ExtendedCommunities communities) {
            communities.values().forEach(community -> out.writeLong(community.value()));
        } else if (attribute instanceof PathAttribute.LargeCommunities communities) {
            communities
                    .values()
                    .forEach(community -> out.writeInt(community.globalAdministrator())
                            .writeInt(community.localData1())
                            .writeInt(community.localData2()));
        } else if (attribute instanceof PathAttribute.MpReach reach) {
            family(reach.family(), out).writeByte(nextHopLength(reach));
            reach.nextHops().forEach(nextHop -> out.writeBytes(nextHop.toBytes()));
            out.writeByte(0);
            routes(reach.announced(), reach.family(), out);
        } else if (attribute instanceof PathAttribute.MpUnreach unreach) {
            family(unreach.family(), out);
            routes(unreach.withdrawn(), unreach.family(), out);
        } // ATOMIC_AGGREGATE has no value
    }

    static ByteBuf family(AfiSafi family, ByteBuf out) {
        return out.writeShort(family.afi()).writeByte(family.safi());
    }

    private static int nextHopLength(PathAttribute.MpReach reach) {
        return reach.nextHops().stream()
                .map(IpAddress::family)
                .mapToInt(AddressFamily::bytes)
                .sum();
    }

    private static void routes(List<IpPrefix> routes, AfiSafi family, ByteBuf out) {
        if (!routes.isEmpty()) {
            AddressFamily ip = family.unicastFamily()
                    .orElseThrow(() -> new IllegalArgumentException("routes of " + family + " can't be written"));
            Nlri.write(routes, ip, out);
        }
    }
}
