// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AsSegment;
import org.l3distributor.net.AsNumber;

/** AS_PATH and AS4_PATH on the wire: segments of a type, a count, and that many numbers of 2 or 4 octets. */
final class AsPathSyntax {
    private AsPathSyntax() {}

    /** What is malformed in an AS_PATH (RFC 7606 section 7.2); null for a good one. */
    static @Nullable String fault(ByteBuf in, int from, int end, int width) {
        int at = from;
        while (at < end) {
            if (end - at < 2) {
                return "a segment is cut off";
            }
            int type = in.getUnsignedByte(at);
            int count = in.getUnsignedByte(at + 1);
            at += 2;
            if (type != AsSegment.SET && type != AsSegment.SEQUENCE) {
                return "segment type " + type; // those of a confederation too: this is no member (RFC 5065 section 5)
            }
            if (count == 0 || count * width > end - at) {
                return "a segment of " + count + " ASes in " + (end - at) + " octets";
            }
            for (int i = 0; i < count; i++, at += width) {
                if (number(in, at, width) == 0) {
                    return "AS 0"; // RFC 7607
                }
            }
        }
        return null;
    }

    static List<AsSegment> read(ByteBuf in, int from, int end, int width) {
        List<AsSegment> segments = new ArrayList<>();
        int at = from;
        while (at < end) {
            int type = in.getUnsignedByte(at);
            int count = in.getUnsignedByte(at + 1);
            at += 2;
            List<AsNumber> path = new ArrayList<>(count);
            for (int i = 0; i < count; i++, at += width) {
                path.add(new AsNumber(number(in, at, width)));
            }
            segments.add(new AsSegment(type, path));
        }
        return segments;
    }

    static void write(List<AsSegment> segments, int width, ByteBuf out) {
        for (AsSegment segment : segments) {
            out.writeByte(segment.type()).writeByte(segment.path().size());
            for (AsNumber as : segment.path()) {
                write(as, width, out);
            }
        }
    }

    static void write(AsNumber as, int width, ByteBuf out) {
        if (width == 2) {
            out.writeShort(as.twoOctet());
        } else {
            out.writeInt((int) as.value());
        }
    }

    static long number(ByteBuf in, int at, int width) {
        return width == 2 ? in.getUnsignedShort(at) : in.getUnsignedInt(at);
    }

    /** True when a two-octet path can't say it all. */
    static boolean needsFourOctets(List<AsSegment> segments) {
        return segments.stream().anyMatch(segment -> segment.path().stream().anyMatch(AsNumber::isFourOctet));
    }

    /**
     * The path that a two-octet speaker passed on, put together again: the head of its own, as far as it is the longer one,
     * and the four-octet rest (RFC 6793 section 4.2.3).
     */
    static List<AsSegment> merge(List<AsSegment> two, List<AsSegment> four) {
        int surplus = hops(two) - hops(four);
        if (surplus < 0) {
            return two;
        }
        List<AsSegment> merged = new ArrayList<>();
        for (AsSegment segment : two) {
            if (surplus <= 0) {
                break;
            }
            boolean whole = segment.type() == AsSegment.SET || segment.path().size() <= surplus;
            merged.add(
                    whole
                            ? segment
                            : new AsSegment(segment.type(), segment.path().subList(0, surplus)));
            surplus -= segment.type() == AsSegment.SET ? 1 : segment.path().size();
        }
        merged.addAll(four);
        return merged;
    }

    /** Length of a path as route selection counts it: a set is one (RFC 4271 section 9.1.2.2). */
    private static int hops(List<AsSegment> segments) {
        return segments.stream()
                .mapToInt(segment ->
                        segment.type() == AsSegment.SET ? 1 : segment.path().size())
                .sum();
    }
}
