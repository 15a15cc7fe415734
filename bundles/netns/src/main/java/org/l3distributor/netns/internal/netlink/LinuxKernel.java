// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.LoopbackUp;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;
import org.l3distributor.netns.internal.NamespaceKernel;
import org.l3distributor.netns.internal.netlink.NamespaceFile.Identity;

/** The real kernel. Made, used and closed by one thread; that thread is moved between namespaces. */
public final class LinuxKernel implements NamespaceKernel {
    private static final int LO = ActualNamespace.LOOPBACK_INDEX;
    private static final byte[] ONE =
            ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();

    private final String namespace;
    private final NamespaceFile file;
    private final int home;
    /** Readable for POLLPRI when anything was mounted or unmounted, so also when a namespace was made or removed. */
    private final int mounts;

    private final Object wakeLock = new Object();
    private final int wake;
    private boolean closed;

    private @Nullable Inside inside;
    /** Whether the thread may be elsewhere than at home: going home takes a privilege. */
    private boolean away;

    /** The sockets of the namespace in which the thread is. */
    private record Inside(Identity identity, NetlinkSocket requests, NetlinkSocket events) {
        void close() {
            requests.close();
            events.close();
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    /**
     * @throws NetnsException when this process can't reach the kernel at all
     */
    public LinuxKernel(String namespace) {
        this.namespace = namespace;
        this.file = new NamespaceFile(namespace);
        List<Integer> open = new ArrayList<>();
        try {
            open.add(LibC.open("/proc/thread-self/ns/net", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
            open.add(LibC.open("/proc/self/mountinfo", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
            open.add(LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));
        } catch (LastErrorException e) {
            open.forEach(LibC::close);
            throw Errno.exception("prepare a thread", namespace, e.getErrorCode());
        } catch (LinkageError e) {
            throw new NetnsException("load the C library through JNA", namespace, "ELIBACC", e.toString(), e);
        }
        this.home = open.get(0);
        this.mounts = open.get(1);
        this.wake = open.get(2);
    }

    @Override
    public boolean enter(boolean create) {
        return call("open namespace " + file.path(), () -> {
            Identity named = file.identity();
            if (named == null && create) {
                leave();
                away = true; // whether it succeeds or stops half-way
                if (file.make()) {
                    inside = open(file.identity());
                    return true;
                }
                named = file.identity();
            }
            if (inside != null && inside.identity().equals(named)) {
                return true;
            }
            leave();
            if (named == null) {
                return false;
            }
            move(LibC.open(file.path().toString(), LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
            inside = open(named);
            return true;
        });
    }

    private static Inside open(@Nullable Identity identity) {
        if (identity == null) {
            throw new LastErrorException(Errno.ENOENT); // removed again in between
        }
        NetlinkSocket requests = NetlinkSocket.forRequests();
        try {
            return new Inside(identity, requests, NetlinkSocket.forEvents(NetlinkSocket.LINKS_AND_ADDRESSES));
        } catch (LastErrorException e) {
            requests.close();
            throw e;
        }
    }

    /** Goes home, so that a namespace which lost its name can go. */
    private void leave() {
        if (inside != null) {
            inside.close();
            inside = null;
        }
        if (away) {
            LibC.setns(home, LibC.CLONE_NEWNET);
            away = false;
        }
    }

    private void move(int namespace) {
        try {
            away = true;
            LibC.setns(namespace, LibC.CLONE_NEWNET);
        } finally {
            LibC.close(namespace);
        }
    }

    @Override
    public ActualNamespace read() {
        return call("list links and addresses", () -> {
            NetlinkSocket socket = entered().requests();
            List<Link> links = new ArrayList<>();
            List<LinkAddress> addresses = new ArrayList<>();
            for (NetlinkMessage one : socket.dump(NetlinkEncoder::dumpLinks)) {
                if (one instanceof NetlinkMessage.LinkSeen seen) {
                    links.add(seen.link());
                }
            }
            for (NetlinkMessage one : socket.dump(NetlinkEncoder::dumpAddresses)) {
                if (one instanceof NetlinkMessage.AddressSeen seen) {
                    addresses.add(seen.address());
                }
            }
            return new ActualNamespace(links, addresses, Sysctls.read(links));
        });
    }

    @Override
    public void apply(NetnsOperation operation) {
        int errno = call(operation.toString(), () -> {
            NetlinkSocket socket = entered().requests();
            if (operation instanceof WriteSysctl sysctl) {
                Sysctls.write(sysctl);
                return 0;
            } else if (operation instanceof AddVip add) {
                return except(socket.request(n -> NetlinkEncoder.addAddress(n, LO, add.vip())), Errno.EEXIST);
            } else if (operation instanceof RemoveVip remove) {
                return except(
                        socket.request(n -> NetlinkEncoder.removeAddress(n, LO, remove.vip())), Errno.EADDRNOTAVAIL);
            } else if (operation instanceof LoopbackUp) {
                return socket.request(n -> NetlinkEncoder.linkUp(n, LO));
            }
            throw new IllegalStateException("not an operation: " + operation);
        });
        if (errno != 0) {
            throw Errno.exception(operation.toString(), namespace, errno);
        }
    }

    private static int except(int errno, int harmless) {
        return errno == harmless ? 0 : errno;
    }

    private Inside entered() {
        if (inside == null) {
            throw new IllegalStateException(namespace + " wasn't entered");
        }
        return inside;
    }

    @Override
    public void await(Duration atMost) {
        call("wait for news", () -> {
            ByteBuffer polled = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
            poll(polled, wake, LibC.POLLIN);
            poll(polled, mounts, LibC.POLLPRI);
            poll(polled, inside == null ? -1 : inside.events().fd(), LibC.POLLIN); // -1 is passed over
            try {
                LibC.poll(polled.array(), new NativeLong(3), (int) atMost.toMillis());
                LibC.read(wake, new byte[8], new NativeLong(8));
            } catch (LastErrorException e) {
                if (!Set.of(Errno.EINTR, Errno.EAGAIN).contains(e.getErrorCode())) {
                    throw e;
                }
            }
            if (inside != null) {
                inside.events().drain();
            }
            return true;
        });
    }

    private static void poll(ByteBuffer polled, int fd, short events) {
        polled.putInt(fd).putShort(events).putShort((short) 0);
    }

    @Override
    public void wake() {
        synchronized (wakeLock) { // else the number might belong to somebody else's file by now
            if (!closed) {
                LibC.write(wake, ONE, new NativeLong(ONE.length));
            }
        }
    }

    @Override
    public void close() {
        if (inside != null) {
            inside.close();
            inside = null;
        }
        synchronized (wakeLock) {
            closed = true;
            LibC.close(wake);
        }
        LibC.close(mounts);
        LibC.close(home);
    }

    private <T> T call(String operation, Call<T> call) {
        try {
            return call.run();
        } catch (LastErrorException e) {
            throw Errno.exception(operation, namespace, e.getErrorCode());
        } catch (IOException e) {
            throw Errno.exception(operation, namespace, e);
        } catch (IllegalArgumentException e) {
            throw new NetnsException(operation, namespace, "EBADMSG", e.getMessage(), e);
        }
    }
}
