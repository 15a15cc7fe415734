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

/** A NETLINK_ROUTE socket of the namespace in which its thread was when it was opened; for one thread. */
final class NetlinkSocket implements AutoCloseable {
    /** RTMGRP_LINK, RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR. */
    static final int LINKS_AND_ADDRESSES = 0x1 | 0x10 | 0x100;

    /** A dump that is disturbed this often is disturbed by somebody who does nothing else. */
    private static final int DUMP_ATTEMPTS = 10;

    private final int fd;
    private final byte[] buffer = new byte[64 * 1024];
    private int sequence;

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /** For requests: waits for the answer, which the kernel gives before the request's send returns. */
    static NetlinkSocket forRequests() {
        return open(0, 0);
    }

    /** For news: never waits. */
    static NetlinkSocket forEvents(int groups) {
        return open(groups, LibC.SOCK_NONBLOCK);
    }

    private static NetlinkSocket open(int groups, int flags) {
        int fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | flags, LibC.NETLINK_ROUTE);
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
        return new NetlinkSocket(fd);
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

    /** Throws all pending news away. What it was doesn't matter, nor whether some was lost (ENOBUFS): look again. */
    void drain() {
        while (true) {
            try {
                LibC.recv(fd, buffer, new NativeLong(buffer.length), 0);
            } catch (LastErrorException e) {
                if (e.getErrorCode() == Errno.EAGAIN) {
                    return;
                }
                if (e.getErrorCode() != Errno.ENOBUFS && e.getErrorCode() != Errno.EINTR) {
                    throw e;
                }
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
                return NetlinkDecoder.decode(buffer, length);
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
