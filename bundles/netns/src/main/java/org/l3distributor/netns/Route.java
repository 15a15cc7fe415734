// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * A unicast route through one link.
 *
 * @param table {@link #MAIN} or {@link #ANSWERS}
 * @param gateway null when the destination is on the link itself
 * @param link index of the link
 * @param metric as the kernel says: the least one wins
 * @param protocol who made it, {@link #OURS} for us (rtnetlink(7), rtm_protocol)
 */
public record Route(
        int table, IpPrefix destination, @Nullable IpAddress gateway, int link, int metric, int protocol) {
    /** The table of all that no rule speaks about. */
    public static final int MAIN = 254;
    /** The table of what has a VIP as its source; Octavia's number. */
    public static final int ANSWERS = 1;
    /** Marks routes and rules as made by us; free in every rt_protos that we know. */
    public static final int OURS = 203;

    /** The kernel's own choice where nobody says otherwise (IP6_RT_PRIO_USER). */
    private static final int IPV6_METRIC = 1024;

    /** One of ours. */
    public static Route ours(int table, IpPrefix destination, @Nullable IpAddress gateway, int link) {
        int metric = destination.family() == AddressFamily.IPV6 ? IPV6_METRIC : 0;
        return new Route(table, destination, gateway, link, metric, OURS);
    }

    /** 0.0.0.0/0 or ::/0. */
    public static IpPrefix everywhere(AddressFamily family) {
        return new IpPrefix(IpAddress.of(new byte[family.bytes()]), 0);
    }

    public boolean isOurs() {
        return protocol == OURS;
    }

    /** Whether both lead the same way, whoever made them. */
    public boolean leadsLike(Route other) {
        return sameKey(other)
                && link == other.link
                && (gateway == null ? other.gateway == null : gateway.equals(other.gateway));
    }

    /** Whether the kernel has room for only one of both. */
    public boolean sameKey(Route other) {
        return table == other.table && destination.equals(other.destination) && metric == other.metric;
    }

    @Override
    public String toString() {
        return (destination.length() == 0 ? "default" : destination)
                + (gateway == null ? "" : " via " + gateway)
                + (table == MAIN ? "" : " table " + table);
    }
}
