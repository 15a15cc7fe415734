// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.Optional;
import org.l3distributor.net.AddressFamily;

/**
 * An address family and a subsequent address family (RFC 4760). Every pair is representable; two are spoken here.
 *
 * @param afi 0..65535
 * @param safi 0..255
 */
public record AfiSafi(int afi, int safi) {
    public static final AfiSafi IPV4_UNICAST = new AfiSafi(1, 1);
    public static final AfiSafi IPV6_UNICAST = new AfiSafi(2, 1);

    public AfiSafi {
        if (afi < 0 || afi > 0xFFFF || safi < 0 || safi > 0xFF) {
            throw new IllegalArgumentException("AFI must be 0..65535 and SAFI 0..255, got " + afi + "/" + safi);
        }
    }

    /** The unicast routes of a family. */
    public static AfiSafi unicast(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IPV4_UNICAST : IPV6_UNICAST;
    }

    /** The family whose unicast routes these are; empty for every other pair. */
    public Optional<AddressFamily> unicastFamily() {
        if (equals(IPV4_UNICAST)) {
            return Optional.of(AddressFamily.IPV4);
        }
        return equals(IPV6_UNICAST) ? Optional.of(AddressFamily.IPV6) : Optional.empty();
    }

    /** "ipv4-unicast", "ipv6-unicast" or "afi/safi" in numbers. */
    @Override
    public String toString() {
        if (equals(IPV4_UNICAST)) {
            return "ipv4-unicast";
        }
        return equals(IPV6_UNICAST) ? "ipv6-unicast" : afi + "/" + safi;
    }
}
