// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.ByteBuffer;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.Route;

/** Requests about routes and rules: rtnetlink(7), and fib_rules.h of the kernel, which no manual describes. */
final class RouteEncoder {
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;
    static final int RTM_NEWRULE = 32;
    static final int RTM_DELRULE = 33;
    static final int RTM_GETRULE = 34;

    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_TABLE = 15;
    static final int RTN_UNICAST = 1;

    static final int FRA_SRC = 2;
    static final int FRA_PRIORITY = 6;
    static final int FRA_TABLE = 15;
    static final int FRA_PROTOCOL = 21;
    static final int FR_ACT_TO_TBL = 1;

    /** Before the rules of the kernel for main and default (32766 and 32767), after the one for local (0). */
    static final int RULE_PRIORITY = 1000;

    private static final int RT_SCOPE_UNIVERSE = 0;
    private static final int RT_SCOPE_LINK = 253;
    private static final int RT_SCOPE_NOWHERE = 255;
    /** The gateway is on this wire, even if no subnet of the link says so. */
    private static final int RTNH_F_ONLINK = 4;

    private static final int BODY = 12;

    private RouteEncoder() {}

    /** Asks for one table; a kernel that doesn't filter (before 4.20, or without strict checking) gives them all. */
    static byte[] dumpRoutes(int sequence, int family, int table) {
        int flags = NetlinkEncoder.NLM_F_REQUEST | NetlinkEncoder.NLM_F_DUMP;
        ByteBuffer out = NetlinkEncoder.header(RTM_GETROUTE, flags, sequence, BODY + NetlinkEncoder.size(4))
                .put((byte) family)
                .position(NetlinkEncoder.HEADER + BODY);
        return NetlinkEncoder.number(out, RTA_TABLE, table).array();
    }

    static byte[] addRoute(int sequence, Route route, boolean replaces) {
        int how = replaces ? NetlinkEncoder.NLM_F_REPLACE : NetlinkEncoder.NLM_F_EXCL;
        boolean v4 = route.destination().family() == AddressFamily.IPV4;
        int scope = v4 && route.gateway() == null ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
        return route(RTM_NEWROUTE, NetlinkEncoder.NLM_F_CREATE | how, sequence, route, scope);
    }

    static byte[] removeRoute(int sequence, Route route) {
        return route(RTM_DELROUTE, 0, sequence, route, RT_SCOPE_NOWHERE);
    }

    private static byte[] route(int type, int flags, int sequence, Route route, int scope) {
        IpAddress gateway = route.gateway();
        byte[] destination = route.destination().address().toBytes();
        int whole = NetlinkEncoder.size(destination.length);
        int numbers = 3 * NetlinkEncoder.size(4);
        int body = BODY + whole + (gateway == null ? 0 : whole) + numbers;
        ByteBuffer out = NetlinkEncoder.header(
                        type, NetlinkEncoder.NLM_F_REQUEST | NetlinkEncoder.NLM_F_ACK | flags, sequence, body)
                .put((byte) NetlinkEncoder.family(route.destination().address()))
                .put((byte) route.destination().length())
                .put((byte) 0) // source length
                .put((byte) 0) // type of service
                .put((byte) route.table())
                .put((byte) route.protocol())
                .put((byte) scope)
                .put((byte) RTN_UNICAST)
                .putInt(gateway == null ? 0 : RTNH_F_ONLINK);
        NetlinkEncoder.attribute(out, RTA_DST, destination);
        if (gateway != null) {
            NetlinkEncoder.attribute(out, RTA_GATEWAY, gateway.toBytes());
        }
        NetlinkEncoder.number(out, RTA_OIF, route.link());
        NetlinkEncoder.number(out, RTA_PRIORITY, route.metric());
        return NetlinkEncoder.number(out, RTA_TABLE, route.table()).array();
    }

    static byte[] dumpRules(int sequence, int family) {
        int flags = NetlinkEncoder.NLM_F_REQUEST | NetlinkEncoder.NLM_F_DUMP;
        return NetlinkEncoder.header(RTM_GETRULE, flags, sequence, BODY)
                .put((byte) family)
                .array();
    }

    /** Sends what comes from the address through {@link Route#ANSWERS}. */
    static byte[] addRule(int sequence, IpAddress source) {
        return rule(RTM_NEWRULE, NetlinkEncoder.NLM_F_CREATE | NetlinkEncoder.NLM_F_EXCL, sequence, source);
    }

    static byte[] removeRule(int sequence, IpAddress source) {
        return rule(RTM_DELRULE, 0, sequence, source);
    }

    private static byte[] rule(int type, int flags, int sequence, IpAddress source) {
        byte[] bytes = source.toBytes();
        int body = BODY + NetlinkEncoder.size(bytes.length) + 2 * NetlinkEncoder.size(4) + NetlinkEncoder.size(1);
        ByteBuffer out = NetlinkEncoder.header(
                        type, NetlinkEncoder.NLM_F_REQUEST | NetlinkEncoder.NLM_F_ACK | flags, sequence, body)
                .put((byte) NetlinkEncoder.family(source))
                .put((byte) 0) // destination length
                .put((byte) source.family().bits())
                .put((byte) 0) // type of service
                .put((byte) Route.ANSWERS)
                .putShort((short) 0)
                .put((byte) FR_ACT_TO_TBL)
                .putInt(0); // flags
        NetlinkEncoder.attribute(out, FRA_SRC, bytes);
        NetlinkEncoder.number(out, FRA_PRIORITY, RULE_PRIORITY);
        NetlinkEncoder.number(out, FRA_TABLE, Route.ANSWERS);
        return NetlinkEncoder.attribute(out, FRA_PROTOCOL, new byte[] {(byte) Route.OURS})
                .array();
    }
}
