// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.internal;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/**
 * A unicast address as somebody wrote it.
 *
 * @param address the address; null when a rule is broken
 * @param rule the broken rule, a sentence; null when there is an address
 */
public record UnicastText(
        @Nullable IpAddress address, @Nullable String rule) {
    /** What may be read besides global and private unicast addresses. */
    public enum Scope {
        /** VIPs and next hops: something that other hosts can route to. */
        ROUTABLE,
        /** Peers: also loopback (a router on this host) and IPv4 link-local (no zone is needed to reach it). */
        PEER
    }

    /** Longest text of an IPv6 address, with an embedded dotted quad. */
    private static final int LONGEST = 45;

    public static UnicastText read(String text, Scope scope) {
        if (text.length() > LONGEST) {
            return broken("is too long for an IP address: at most " + LONGEST + " characters");
        }
        if (text.indexOf('/') >= 0) {
            return broken("must be an address without a prefix length; its /32 or /128 is implied");
        }
        if (text.indexOf('%') >= 0) {
            return broken("must be an address without a zone");
        }
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return broken("must be an IPv4 or IPv6 address literal (no host name, no leading zeros)");
        }
        String kind = forbidden(address, scope);
        return kind == null ? new UnicastText(address, null) : broken("must be a unicast address, not " + kind);
    }

    private static UnicastText broken(String rule) {
        return new UnicastText(null, rule);
    }

    private static @Nullable String forbidden(IpAddress a, Scope scope) {
        if (a.isUnspecified()) {
            return "the unspecified one";
        }
        if (a.isMulticast()) {
            return "a multicast one";
        }
        if (a.isBroadcast()) {
            return "the broadcast one";
        }
        if (a.isIpv4Mapped()) {
            return "an IPv4-mapped IPv6 one; write the IPv4 address itself";
        }
        if (a.family() == AddressFamily.IPV4 && a.low() >>> 24 == 0) {
            return "one of 0.0.0.0/8";
        }
        // Routers drop routes to class E silently (FRR needs "allow-reserved-ranges").
        if (a.family() == AddressFamily.IPV4 && a.low() >>> 28 == 0xF) {
            return "one of the reserved block 240.0.0.0/4";
        }
        if (a.isLoopback() && scope == Scope.ROUTABLE) {
            return "a loopback one";
        }
        if (a.isLinkLocal() && (scope == Scope.ROUTABLE || a.family() == AddressFamily.IPV6)) {
            return "a link-local one";
        }
        return null;
    }
}
