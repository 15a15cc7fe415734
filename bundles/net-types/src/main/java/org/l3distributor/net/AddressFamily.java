// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

/** Address families, with the numbers that BGP gives them (RFC 4760, IANA address family numbers). */
public enum AddressFamily {
    IPV4(1, 4, 4),
    IPV6(2, 6, 16);

    private final int afi;
    private final int ipVersion;
    private final int bytes;

    AddressFamily(int afi, int ipVersion, int bytes) {
        this.afi = afi;
        this.ipVersion = ipVersion;
        this.bytes = bytes;
    }

    /** The address family identifier of RFC 4760: 1 or 2. */
    public int afi() {
        return afi;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return ipVersion;
    }

    /** Length of an address in bytes: 4 or 16. */
    public int bytes() {
        return bytes;
    }

    /** Length of an address in bits: 32 or 128. */
    public int bits() {
        return bytes * 8;
    }

    /**
     * The family of an IP version.
     *
     * @throws IllegalArgumentException when {@code version} is neither 4 nor 6
     */
    public static AddressFamily ofIpVersion(int version) {
        return switch (version) {
            case 4 -> IPV4;
            case 6 -> IPV6;
            default -> throw new IllegalArgumentException("IP version must be 4 or 6, got " + version);
        };
    }
}
