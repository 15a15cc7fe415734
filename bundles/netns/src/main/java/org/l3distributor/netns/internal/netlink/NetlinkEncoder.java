// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.LinkAddress;

/** Requests about links and addresses to the kernel in its own byte order: netlink(7), rtnetlink(7). */
final class NetlinkEncoder {
    static final int HEADER = 16;

    static final int RTM_NEWLINK = 16;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final int IFF_UP = 1;
    static final int IFF_RUNNING = 0x40;
    static final int IFF_LOWER_UP = 0x10000;

    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_STATS64 = 23;
    private static final int IFLA_NET_NS_FD = 28;

    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;

    static final int NLM_F_REQUEST = 1;
    static final int NLM_F_ACK = 4;
    static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;

    /** No duplicate address detection: an anycast address is a duplicate by design, and the delay is an outage. */
    private static final int IFA_F_NODAD = 2;

    private static final int LINK_BODY = 16;
    private static final int ADDRESS_BODY = 8;
    private static final int ATTRIBUTE = 4;

    private NetlinkEncoder() {}

    static byte[] dumpLinks(int sequence) {
        return header(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, sequence, LINK_BODY)
                .array();
    }

    static byte[] dumpAddresses(int sequence) {
        return header(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, sequence, ADDRESS_BODY)
                .array();
    }

    static byte[] linkUp(int sequence, int index) {
        return link(sequence, index, IFF_UP, IFF_UP, 0).array();
    }

    static byte[] linkDown(int sequence, int index) {
        return link(sequence, index, 0, IFF_UP, 0).array();
    }

    static byte[] setMtu(int sequence, int index, int mtu) {
        return number(link(sequence, index, 0, 0, size(4)), IFLA_MTU, mtu).array();
    }

    static byte[] rename(int sequence, int index, String name) {
        byte[] text = text(name);
        return attribute(link(sequence, index, 0, 0, size(text.length)), IFLA_IFNAME, text)
                .array();
    }

    /** Moves a link to the namespace behind an open file, under another name. */
    static byte[] move(int sequence, int index, String name, int namespace) {
        byte[] text = text(name);
        ByteBuffer out = link(sequence, index, 0, 0, size(text.length) + size(4));
        return number(attribute(out, IFLA_IFNAME, text), IFLA_NET_NS_FD, namespace)
                .array();
    }

    private static ByteBuffer link(int sequence, int index, int flags, int change, int attributes) {
        return header(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, sequence, LINK_BODY + attributes)
                .putInt(0) // family, padding, device type
                .putInt(index)
                .putInt(flags)
                .putInt(change);
    }

    /** The address for ever, of global scope. */
    static byte[] addAddress(int sequence, LinkAddress address) {
        return address(RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence, address);
    }

    static byte[] removeAddress(int sequence, LinkAddress address) {
        return address(RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, sequence, address);
    }

    private static byte[] address(int type, int flags, int sequence, LinkAddress address) {
        boolean v6 = address.address().family() == AddressFamily.IPV6;
        byte[] bytes = address.address().toBytes();
        ByteBuffer out = header(type, flags, sequence, ADDRESS_BODY + 2 * size(bytes.length))
                .put((byte) family(address.address()))
                .put((byte) address.prefixLength())
                .put((byte) (v6 ? IFA_F_NODAD : 0))
                .put((byte) 0) // scope: global
                .putInt(address.link());
        return attribute(attribute(out, IFA_LOCAL, bytes), IFA_ADDRESS, bytes).array();
    }

    static int family(IpAddress address) {
        return address.family() == AddressFamily.IPV6 ? AF_INET6 : AF_INET;
    }

    static ByteBuffer header(int type, int flags, int sequence, int body) {
        return ByteBuffer.allocate(HEADER + body)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER + body)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0); // port: the kernel fills it in
    }

    /** What an attribute of this many bytes takes, with its padding. */
    static int size(int bytes) {
        return (ATTRIBUTE + bytes + 3) & ~3;
    }

    static ByteBuffer number(ByteBuffer out, int type, int value) {
        return out.putShort((short) (ATTRIBUTE + 4)).putShort((short) type).putInt(value);
    }

    static ByteBuffer attribute(ByteBuffer out, int type, byte[] value) {
        int next = out.position() + size(value.length);
        return out.putShort((short) (ATTRIBUTE + value.length))
                .putShort((short) type)
                .put(value)
                .position(next);
    }

    private static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
