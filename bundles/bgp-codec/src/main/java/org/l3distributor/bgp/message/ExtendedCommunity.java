// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

/** An extended community (RFC 4360): eight octets, of which the first one or two say the type. */
public record ExtendedCommunity(long value) {
    /** Sixteen hex digits. */
    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
