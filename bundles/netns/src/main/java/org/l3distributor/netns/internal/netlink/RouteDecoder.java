// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.Route;
import org.l3distributor.netns.SourceRule;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Other;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.RouteSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.RuleSeen;

/** Routes and rules as the kernel shows them. */
final class RouteDecoder {
    private static final int RTM_F_CLONED = 0x200;

    private RouteDecoder() {}

    static NetlinkMessage route(int type, ByteBuffer body) {
        int family = body.get();
        int length = Byte.toUnsignedInt(body.get());
        body.getShort(); // source length, type of service
        int table = Byte.toUnsignedInt(body.get());
        int protocol = Byte.toUnsignedInt(body.get());
        body.get(); // scope
        int kind = Byte.toUnsignedInt(body.get());
        boolean cloned = (body.getInt() & RTM_F_CLONED) != 0;
        Map<Integer, ByteBuffer> attributes = NetlinkDecoder.attributes(body);
        ByteBuffer link = attributes.get(RouteEncoder.RTA_OIF);
        if (link == null || cloned || kind != RouteEncoder.RTN_UNICAST || !isIp(family)) {
            return new Other(type); // such as one through several links
        }
        IpAddress destination = address(attributes.get(RouteEncoder.RTA_DST));
        IpPrefix prefix = destination == null
                ? Route.everywhere(NetlinkDecoder.family(family))
                : new IpPrefix(destination, length);
        return new RouteSeen(new Route(
                number(attributes.get(RouteEncoder.RTA_TABLE), table),
                prefix,
                address(attributes.get(RouteEncoder.RTA_GATEWAY)),
                link.getInt(),
                number(attributes.get(RouteEncoder.RTA_PRIORITY), 0),
                protocol));
    }

    static NetlinkMessage rule(int type, ByteBuffer body) {
        int family = body.get();
        body.get(); // destination length
        int length = Byte.toUnsignedInt(body.get());
        body.get(); // type of service
        int table = Byte.toUnsignedInt(body.get());
        body.getShort();
        int action = body.get();
        body.getInt(); // flags
        Map<Integer, ByteBuffer> attributes = NetlinkDecoder.attributes(body);
        IpAddress source = address(attributes.get(RouteEncoder.FRA_SRC));
        if (!isIp(family)
                || source == null
                || length != source.family().bits()
                || action != RouteEncoder.FR_ACT_TO_TBL) {
            return new Other(type);
        }
        ByteBuffer protocol = attributes.get(RouteEncoder.FRA_PROTOCOL);
        return new RuleSeen(new SourceRule(
                source,
                number(attributes.get(RouteEncoder.FRA_TABLE), table),
                protocol == null ? 0 : Byte.toUnsignedInt(protocol.get())));
    }

    private static boolean isIp(int family) {
        return family == NetlinkEncoder.AF_INET || family == NetlinkEncoder.AF_INET6;
    }

    private static @Nullable IpAddress address(@Nullable ByteBuffer in) {
        return in == null ? null : IpAddress.of(NetlinkDecoder.bytes(in));
    }

    private static int number(@Nullable ByteBuffer in, int otherwise) {
        return in == null ? otherwise : in.getInt();
    }
}
