// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Community;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.message.LargeCommunity;
import org.l3distributor.bgp.message.PathAttribute;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;

/** Reads path attributes that have been judged. */
final class AttributeReader {
    private AttributeReader() {}

    static PathAttribute read(@Nullable AttributeRule rule, ByteBuf in, AttributeCursor cursor, CodecOptions options) {
        if (rule == null) {
            return unknown(in, cursor);
        }
        int at = cursor.value();
        return switch (rule) {
            case ORIGIN -> PathAttribute.Origin.values()[in.getByte(at)];
            case AS_PATH -> new PathAttribute.AsPath(AsPathSyntax.read(in, at, cursor.end(), options.asWidth()));
            case NEXT_HOP -> new PathAttribute.NextHop(address(in, at, 4));
            case MULTI_EXIT_DISC -> new PathAttribute.MultiExitDisc(in.getUnsignedInt(at));
            case LOCAL_PREF -> new PathAttribute.LocalPref(in.getUnsignedInt(at));
            case ATOMIC_AGGREGATE -> new PathAttribute.AtomicAggregate();
            case AGGREGATOR -> aggregator(in, at, options.asWidth());
            case COMMUNITIES -> new PathAttribute.Communities(each(cursor, 4, i -> new Community(in.getInt(i))));
            case EXTENDED_COMMUNITIES ->
                new PathAttribute.ExtendedCommunities(each(cursor, 8, i -> new ExtendedCommunity(in.getLong(i))));
            case LARGE_COMMUNITIES ->
                new PathAttribute.LargeCommunities(
                        each(cursor, 12, i -> new LargeCommunity(in.getInt(i), in.getInt(i + 4), in.getInt(i + 8))));
            case MP_REACH_NLRI -> reach(in, cursor, options);
            case MP_UNREACH_NLRI -> unreach(in, cursor, options);
            default -> unknown(in, cursor);
        };
    }

    static PathAttribute.Aggregator aggregator(ByteBuf in, int at, int width) {
        AsNumber as = new AsNumber(AsPathSyntax.number(in, at, width));
        return new PathAttribute.Aggregator(as, address(in, at + width, 4));
    }

    private static PathAttribute reach(ByteBuf in, AttributeCursor cursor, CodecOptions options) {
        AfiSafi afiSafi = cursor.family();
        Optional<AddressFamily> family = family(afiSafi, options);
        if (family.isEmpty()) {
            return unknown(in, cursor);
        }
        int width = family.get().bytes();
        int nextHop = cursor.value() + 4;
        int nlri = nextHop + in.getUnsignedByte(nextHop - 1) + 1;
        List<IpAddress> nextHops = new ArrayList<>();
        for (int at = nextHop; at < nlri - 1; at += width) {
            nextHops.add(address(in, at, width));
        }
        return new PathAttribute.MpReach(afiSafi, nextHops, Nlri.read(in, nlri, cursor.end(), family.get()));
    }

    /** An End-of-RIB is readable in any family. */
    private static PathAttribute unreach(ByteBuf in, AttributeCursor cursor, CodecOptions options) {
        AfiSafi afiSafi = cursor.family();
        Optional<AddressFamily> family = family(afiSafi, options);
        if (family.isEmpty()) {
            return cursor.length() == 3 ? new PathAttribute.MpUnreach(afiSafi, List.of()) : unknown(in, cursor);
        }
        return new PathAttribute.MpUnreach(afiSafi, Nlri.read(in, cursor.value() + 3, cursor.end(), family.get()));
    }

    private static Optional<AddressFamily> family(AfiSafi family, CodecOptions options) {
        return options.families().contains(family) ? family.unicastFamily() : Optional.empty();
    }

    private static PathAttribute unknown(ByteBuf in, AttributeCursor cursor) {
        return new PathAttribute.UnknownAttribute(
                cursor.flags(), cursor.type(), BgpDecoder.octets(in, cursor.value(), cursor.length()));
    }

    private static IpAddress address(ByteBuf in, int at, int length) {
        return IpAddress.of(BgpDecoder.octets(in, at, length).toArray());
    }

    private static <T> List<T> each(AttributeCursor cursor, int width, IntFunction<T> read) {
        List<T> values = new ArrayList<>(cursor.length() / width);
        for (int at = cursor.value(); at < cursor.end(); at += width) {
            values.add(read.apply(at));
        }
        return values;
    }
}
