// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Requests to the kernel in its own byte order: netlink(7), rtnetlink(7). */
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
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;

    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_ACK = 4;
    private static final int NLM_F_DUMP = 0x300;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;

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
        return header(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, sequence, LINK_BODY)
                .putInt(0) // family, padding, device type
                .putInt(index)
                .putInt(IFF_UP) // flags
                .putInt(IFF_UP) // which of them to change
                .array();
    }

    /** The address as /32 or /128, for ever, of global scope. */
    static byte[] addAddress(int sequence, int index, IpAddress address) {
        return address(RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, sequence, index, address);
    }

    static byte[] removeAddress(int sequence, int index, IpAddress address) {
        return address(RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, sequence, index, address);
    }

    private static byte[] address(int type, int flags, int sequence, int index, IpAddress address) {
        boolean v6 = address.family() == AddressFamily.IPV6;
        byte[] bytes = address.toBytes();
        ByteBuffer out = header(type, flags, sequence, ADDRESS_BODY + 2 * (ATTRIBUTE + bytes.length))
                .put((byte) (v6 ? AF_INET6 : AF_INET))
                .put((byte) address.family().bits())
                .put((byte) (v6 ? IFA_F_NODAD : 0))
                .put((byte) 0) // scope: global
                .putInt(index);
        for (int attribute : new int[] {IFA_LOCAL, IFA_ADDRESS}) {
            out.putShort((short) (ATTRIBUTE + bytes.length))
                    .putShort((short) attribute)
                    .put(bytes);
        }
        return out.array();
    }

    private static ByteBuffer header(int type, int flags, int sequence, int body) {
        return ByteBuffer.allocate(HEADER + body)
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER + body)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0); // port: the kernel fills it in
    }
}
