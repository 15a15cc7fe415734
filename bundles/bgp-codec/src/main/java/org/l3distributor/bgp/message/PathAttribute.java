// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.List;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A path attribute (RFC 4271 section 5). Its flags follow from its type, save for an unknown one. */
public sealed interface PathAttribute {
    /** The attribute type code, 0..255. */
    int typeCode();

    /** Where the route comes from (RFC 4271 section 5.1.1); the ordinal is the value on the wire. */
    enum Origin implements PathAttribute {
        IGP,
        EGP,
        INCOMPLETE;

        @Override
        public int typeCode() {
            return 1;
        }
    }

    /** The ASes the route came through (RFC 4271 section 5.1.2); empty for a route of this AS told within it. */
    record AsPath(List<AsSegment> segments) implements PathAttribute {
        public AsPath {
            segments = List.copyOf(segments);
        }

        /** One sequence, or the empty path. */
        public static AsPath sequence(List<AsNumber> path) {
            return new AsPath(path.isEmpty() ? List.of() : List.of(new AsSegment(AsSegment.SEQUENCE, path)));
        }

        @Override
        public int typeCode() {
            return 2;
        }
    }

    /** The next hop of the IPv4 routes beside it (RFC 4271 section 5.1.3). */
    record NextHop(IpAddress address) implements PathAttribute {
        public NextHop {
            if (address.family() != AddressFamily.IPV4) {
                throw new IllegalArgumentException("NEXT_HOP is an IPv4 address, got " + address);
            }
        }

        @Override
        public int typeCode() {
            return 3;
        }
    }

    /** MULTI_EXIT_DISC, 0..4294967295. */
    record MultiExitDisc(long value) implements PathAttribute {
        public MultiExitDisc {
            requireUnsigned(value);
        }

        @Override
        public int typeCode() {
            return 4;
        }
    }

    /** LOCAL_PREF, 0..4294967295; among iBGP peers only. */
    record LocalPref(long value) implements PathAttribute {
        public LocalPref {
            requireUnsigned(value);
        }

        @Override
        public int typeCode() {
            return 5;
        }
    }

    /** ATOMIC_AGGREGATE. */
    record AtomicAggregate() implements PathAttribute {
        @Override
        public int typeCode() {
            return 6;
        }
    }

    /** Who aggregated the route; the address is an IPv4 one. */
    record Aggregator(AsNumber as, IpAddress address) implements PathAttribute {
        public Aggregator {
            if (address.family() != AddressFamily.IPV4) {
                throw new IllegalArgumentException("AGGREGATOR has an IPv4 address, got " + address);
            }
        }

        @Override
        public int typeCode() {
            return 7;
        }
    }

    /** RFC 1997. */
    record Communities(List<Community> values) implements PathAttribute {
        public Communities {
            values = List.copyOf(values);
        }

        @Override
        public int typeCode() {
            return 8;
        }
    }

    /** Routes of a multiprotocol family (RFC 4760 section 3): one next hop, or a global and a link-local one. */
    record MpReach(AfiSafi family, List<IpAddress> nextHops, List<IpPrefix> announced) implements PathAttribute {
        public MpReach {
            nextHops = List.copyOf(nextHops);
            announced = List.copyOf(announced);
        }

        @Override
        public int typeCode() {
            return 14;
        }
    }

    /** Withdrawn routes of a multiprotocol family (RFC 4760 section 4). */
    record MpUnreach(AfiSafi family, List<IpPrefix> withdrawn) implements PathAttribute {
        public MpUnreach {
            withdrawn = List.copyOf(withdrawn);
        }

        @Override
        public int typeCode() {
            return 15;
        }
    }

    /** RFC 4360. */
    record ExtendedCommunities(List<ExtendedCommunity> values) implements PathAttribute {
        public ExtendedCommunities {
            values = List.copyOf(values);
        }

        @Override
        public int typeCode() {
            return 16;
        }
    }

    /** RFC 8092. */
    record LargeCommunities(List<LargeCommunity> values) implements PathAttribute {
        public LargeCommunities {
            values = List.copyOf(values);
        }

        @Override
        public int typeCode() {
            return 32;
        }
    }

    /**
     * An attribute that isn't interpreted here, or a multiprotocol one of a family that isn't spoken.
     *
     * @param flags the flags octet without the extended-length bit
     */
    record UnknownAttribute(int flags, int typeCode, Octets value) implements PathAttribute {
        public UnknownAttribute {
            if (typeCode < 0 || typeCode > 0xFF) {
                throw new IllegalArgumentException("an attribute type is 0..255, got " + typeCode);
            }
            flags &= 0xE0;
        }
    }

    private static void requireUnsigned(long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("the value must be 0..4294967295, got " + value);
        }
    }
}
