// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.ListenerSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Other;

/** Questions about TCP sockets that listen, and the kernel's answers: sock_diag(7). */
final class SockDiag {
    /** The same number as RTM_NEWADDR: what a number means depends on the protocol of the socket. */
    private static final int SOCK_DIAG_BY_FAMILY = 20;

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_LISTEN = 10;
    private static final int INET_DIAG_SKV6ONLY = 11;
    /** inet_diag_sockid: two ports, two addresses of 16 bytes, an interface and a cookie. */
    private static final int SOCKET_ID = 48;

    private SockDiag() {}

    static byte[] dumpListeners(int sequence, int family) {
        int flags = NetlinkEncoder.NLM_F_REQUEST | NetlinkEncoder.NLM_F_DUMP;
        return NetlinkEncoder.header(SOCK_DIAG_BY_FAMILY, flags, sequence, 8 + SOCKET_ID)
                .put((byte) family)
                .put((byte) IPPROTO_TCP)
                .put((byte) 0) // no extensions
                .put((byte) 0)
                .putInt(1 << TCP_LISTEN)
                .array();
    }

    static NetlinkMessage decode(int type, ByteBuffer body) {
        if (type != SOCK_DIAG_BY_FAMILY) {
            return new Other(type);
        }
        int family = body.get();
        int state = body.get();
        body.getShort(); // timer, retransmissions
        int port = Short.toUnsignedInt(body.order(ByteOrder.BIG_ENDIAN).getShort());
        body.getShort(); // the other end's port
        byte[] source = new byte[16];
        body.get(source);
        body.position(body.position() + 16 + 12 + 20); // the other end's address, interface and cookie; figures
        Map<Integer, ByteBuffer> attributes = NetlinkDecoder.attributes(body.order(ByteOrder.nativeOrder()));
        if (state != TCP_LISTEN || (family != NetlinkEncoder.AF_INET && family != NetlinkEncoder.AF_INET6)) {
            return new Other(type);
        }
        IpAddress address =
                family == NetlinkEncoder.AF_INET6 ? own(IpAddress.of(source)) : IpAddress.of(Arrays.copyOf(source, 4));
        ByteBuffer only6 = attributes.get(INET_DIAG_SKV6ONLY);
        boolean both = family == NetlinkEncoder.AF_INET6 && only6 != null && only6.get() == 0;
        return new ListenerSeen(new ListeningSocket(address, port, both && address.isUnspecified()));
    }

    /** An IPv6 socket that is bound to an IPv4 address, as Java does it. */
    private static IpAddress own(IpAddress address) {
        return address.isIpv4Mapped() ? IpAddress.v4((int) address.low()) : address;
    }
}
