// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.OptionalDouble;
import org.l3distributor.net.AsNumber;

/** An extended community (RFC 4360): eight octets, of which the first one or two say the type. */
public record ExtendedCommunity(long value) {
    /** Two-octet AS specific, sub-type 4 (draft-ietf-idr-link-bandwidth). */
    private static final long LINK_BANDWIDTH = 0x0004L << 48;

    /** "Leave me out where the route goes to another AS" (RFC 4360 section 2, the T bit). */
    private static final long NON_TRANSITIVE = 0x4000L << 48;

    /**
     * How much a route's next hop can take, from which a router makes its share of the traffic
     * (draft-ietf-idr-link-bandwidth section 2).
     *
     * @param as the one who says so; the field has two octets, so AS_TRANS stands for a larger number
     * @param bytesPerSecond 0 or more, and finite
     */
    public static ExtendedCommunity linkBandwidth(boolean transitive, AsNumber as, float bytesPerSecond) {
        if (!(bytesPerSecond >= 0 && bytesPerSecond < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a bandwidth must be 0 or more, got " + bytesPerSecond);
        }
        long type = transitive ? LINK_BANDWIDTH : LINK_BANDWIDTH | NON_TRANSITIVE;
        return new ExtendedCommunity(
                type | ((long) as.twoOctet() << 32) | (Float.floatToIntBits(bytesPerSecond) & 0xFFFF_FFFFL));
    }

    /** The bandwidth in bytes per second; none when this is another community, or says what is no number. */
    public OptionalDouble linkBandwidth() {
        float bytesPerSecond = Float.intBitsToFloat((int) value);
        boolean isOne = (value & ~NON_TRANSITIVE) >>> 48 == LINK_BANDWIDTH >>> 48;
        return isOne && bytesPerSecond >= 0 && bytesPerSecond < Float.POSITIVE_INFINITY
                ? OptionalDouble.of(bytesPerSecond)
                : OptionalDouble.empty();
    }

    /** Sixteen hex digits. */
    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
