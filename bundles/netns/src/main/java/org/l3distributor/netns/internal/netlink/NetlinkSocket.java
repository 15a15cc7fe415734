// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Acknowledged;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Datagram;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.DumpEnd;

/** A netlink socket of the namespace in which its thread was when it was opened; for one thread. */
final class NetlinkSocket implements AutoCloseable {
    /** RTMGRP_LINK. */
    static final int LINKS = 0x1;
    /** Links, addresses, routes and rules of IPv4 and IPv6, as bits of RTNLGRP_ numbers. */
    static final int EVERYTHING = LINKS | 0x10 | 0x100 | 0x40 | 0x400 | 0x80 | 0x4_0000;

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    /** A dump that is disturbed this often is disturbed by somebody who does nothing else. */
    private static final int DUMP_ATTEMPTS = 10;

    private final int fd;
    private final NetlinkDecoder.Body bodies;
    private final byte[] buffer = new byte[64 * 1024];
    private int sequence;

    private NetlinkSocket(int fd, NetlinkDecoder.Body bodies) {
        this.fd = fd;
        this.bodies = bodies;
    }

    /** For requests: waits for the answer, which the kernel gives before the request's send returns. */
    static NetlinkSocket forRequests() {
        NetlinkSocket socket = open(0, 0, LibC.NETLINK_ROUTE, NetlinkDecoder::routing);
        socket.filterDumps();
        return socket;
    }

    /** For news: never waits. */
    static NetlinkSocket forEvents(int groups) {
        return open(groups, LibC.SOCK_NONBLOCK, LibC.NETLINK_ROUTE, NetlinkDecoder::routing);
    }

    /** For questions about sockets. */
    static NetlinkSocket forSockets() {
        return open(0, 0, LibC.NETLINK_SOCK_DIAG, SockDiag::decode);
    }

    /** Has the kernel look at what a dump asks for; one before 4.20 can't, and dumps everything. */
    private void filterDumps() {
        byte[] on =
                ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();
        try {
            LibC.setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, on, on.length);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.ENOPROTOOPT) {
                close();
                throw e;
            }
        }
    }

    private static NetlinkSocket open(int groups, int flags, int protocol, NetlinkDecoder.Body bodies) {
        int fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | flags, protocol);
        byte[] address = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort((short) LibC.AF_NETLINK)
                .putShort((short) 0)
                .putInt(0) // port: chosen by the kernel
                .putInt(groups)
                .array();
        try {
            LibC.bind(fd, address, address.length);
        } catch (LastErrorException e) {
            LibC.close(fd);
            throw e;
        }
        return new NetlinkSocket(fd, bodies);
    }

    int fd() {
        return fd;
    }

    /**
     * Sends what the function makes of a fresh sequence number.
     *
     * @return the errno of the kernel's answer, 0 when it was done
     */
    int request(IntFunction<byte[]> message) {
        int mine = send(message);
        while (true) {
            for (NetlinkMessage answer : receive().messages()) {
                if (answer instanceof Acknowledged ack && ack.sequence() == mine) {
                    return ack.errno();
                }
            }
        }
    }

    /** All messages of a dump that nothing interrupted. */
    List<NetlinkMessage> dump(IntFunction<byte[]> message) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            int mine = send(message);
            List<NetlinkMessage> all = new ArrayList<>();
            if (!collect(mine, all)) {
                return all;
            }
        }
        throw new LastErrorException(Errno.EAGAIN);
    }

    /** Reads to the end of the dump; true when it was interrupted. */
    private boolean collect(int mine, List<NetlinkMessage> all) {
        boolean interrupted = false;
        while (true) {
            Datagram datagram = receive();
            interrupted |= datagram.interrupted();
            for (NetlinkMessage one : datagram.messages()) {
                int errno = one instanceof DumpEnd end && end.sequence() == mine
                        ? end.errno()
                        : one instanceof Acknowledged ack && ack.sequence() == mine ? ack.errno() : -1;
                if (errno > 0) {
                    throw new LastErrorException(errno);
                }
                if (errno == 0) {
                    return interrupted;
                }
                all.add(one);
            }
        }
    }

    /** As {@link #dump}; a table that nothing was ever put into doesn't exist, and so is empty. */
    List<NetlinkMessage> dumpTable(IntFunction<byte[]> message) {
        try {
            return dump(message);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENOENT) {
                return List.of();
            }
            throw e;
        }
    }

    /** Throws all pending news away; says whether there was any. What it was doesn't matter, nor whether some was lost (ENOBUFS): look again. */
    boolean drain() {
        boolean some = false;
        while (true) {
            try {
                LibC.recv(fd, buffer, new NativeLong(buffer.length), 0);
                some = true;
            } catch (LastErrorException e) {
                if (e.getErrorCode() == Errno.EAGAIN) {
                    return some;
                }
                if (e.getErrorCode() != Errno.ENOBUFS && e.getErrorCode() != Errno.EINTR) {
                    throw e;
                }
                some |= e.getErrorCode() == Errno.ENOBUFS;
            }
        }
    }

    private int send(IntFunction<byte[]> message) {
        byte[] bytes = message.apply(++sequence);
        LibC.send(fd, bytes, new NativeLong(bytes.length), 0);
        return sequence;
    }

    private Datagram receive() {
        while (true) {
            try {
                int length =
                        LibC.recv(fd, buffer, new NativeLong(buffer.length), 0).intValue();
                return NetlinkDecoder.decode(buffer, length, bodies);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
