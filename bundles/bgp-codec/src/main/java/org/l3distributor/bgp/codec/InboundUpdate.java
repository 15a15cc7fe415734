// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;

/**
 * An UPDATE that was read strictly and of which no route was kept. Where the treatment is treat-as-withdraw, what it
 * announced is counted as withdrawn.
 *
 * @param announcedIpv4 announced IPv4 unicast routes
 * @param withdrawnIpv4 withdrawn IPv4 unicast routes
 * @param announcedIpv6 announced IPv6 unicast routes
 * @param withdrawnIpv6 withdrawn IPv6 unicast routes
 * @param faults what was malformed; nearly always empty
 * @param endOfRib the family whose End-of-RIB this is; null when it is none (RFC 4724 section 2)
 */
public record InboundUpdate(
        int announcedIpv4,
        int withdrawnIpv4,
        int announcedIpv6,
        int withdrawnIpv6,
        List<AttributeFault> faults,
        @Nullable AfiSafi endOfRib) {
    public InboundUpdate {
        faults = List.copyOf(faults);
    }

    public int announcedCount() {
        return announcedIpv4 + announcedIpv6;
    }

    public int withdrawnCount() {
        return withdrawnIpv4 + withdrawnIpv6;
    }

    /** The strongest treatment that a fault demands; {@link Treatment#NONE} for a good UPDATE. */
    public Treatment treatment() {
        Treatment strongest = Treatment.NONE;
        for (AttributeFault fault : faults) {
            if (fault.treatment().compareTo(strongest) > 0) {
                strongest = fault.treatment();
            }
        }
        return strongest;
    }
}
