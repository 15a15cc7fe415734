// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.MoveIn;
import org.l3distributor.netns.NetnsOperation.WriteSysctl;
import org.l3distributor.netns.internal.NamespaceKernel;
import org.l3distributor.netns.internal.netlink.NamespaceFile.Identity;

/** The real kernel. Made, used and closed by one thread; that thread is moved between namespaces. */
public final class LinuxKernel implements NamespaceKernel {
    /** Size of a struct pollfd, and where in the first one the answer stands. */
    private static final int POLLED = 8;

    private static final int REVENTS = 6;
    private static final int DISCARD = 9;
    private static final byte[] ONE =
            ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();

    private final String namespace;
    private final NamespaceFile file;
    private final int home;
    /** Readable for POLLPRI when anything was mounted or unmounted, so also when a namespace was made or removed. */
    private final int mounts;

    /** Opened at home: a socket stays in the namespace in which it was made. */
    private final NetlinkSocket homeRequests;

    private final NetlinkSocket homeEvents;

    private final Object wakeLock = new Object();
    private final int wake;
    private boolean closed;

    private @Nullable Inside inside;
    /** Whether the thread may be elsewhere than at home: going home takes a privilege. */
    private boolean away;

    /** The sockets of the namespace in which the thread is. */
    private record Inside(Identity identity, NetlinkSocket requests, NetlinkSocket events, NetlinkSocket sockets) {
        void close() {
            requests.close();
            events.close();
            sockets.close();
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
        List<NetlinkSocket> sockets = new ArrayList<>();
        try {
            open.add(LibC.open("/proc/thread-self/ns/net", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
            open.add(LibC.open("/proc/self/mountinfo", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
            open.add(LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));
            sockets.add(NetlinkSocket.forRequests());
            sockets.add(NetlinkSocket.forEvents(NetlinkSocket.LINKS));
        } catch (LastErrorException e) {
            open.forEach(LibC::close);
            sockets.forEach(NetlinkSocket::close);
            throw Errno.exception("prepare a thread", namespace, e.getErrorCode());
        } catch (LinkageError e) {
            throw new NetnsException("load the C library through JNA", namespace, "ELIBACC", e.toString(), e);
        }
        this.home = open.get(0);
        this.mounts = open.get(1);
        this.wake = open.get(2);
        this.homeRequests = sockets.get(0);
        this.homeEvents = sockets.get(1);
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
        List<NetlinkSocket> sockets = new ArrayList<>();
        try {
            sockets.add(NetlinkSocket.forRequests());
            sockets.add(NetlinkSocket.forEvents(NetlinkSocket.EVERYTHING));
            sockets.add(NetlinkSocket.forSockets());
            return new Inside(identity, sockets.get(0), sockets.get(1), sockets.get(2));
        } catch (LastErrorException e) {
            sockets.forEach(NetlinkSocket::close);
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
        return call(
                "list links, addresses and routes", () -> Tables.read(entered().requests()));
    }

    @Override
    public List<Link> home() {
        return call("list the interfaces outside", () -> Tables.links(homeRequests));
    }

    @Override
    public Set<ListeningSocket> listening() {
        return call("list the sockets that listen", () -> {
            if (inside == null) {
                throw new LastErrorException(Errno.ENOENT);
            }
            return Tables.listening(inside.sockets());
        });
    }

    @Override
    public Map<String, LinkTraffic> traffic() {
        return call("count what goes through the interfaces", () -> {
            if (inside == null) {
                throw new LastErrorException(Errno.ENOENT);
            }
            return Tables.traffic(inside.requests());
        });
    }

    @Override
    public void greet(IpAddress from, IpAddress neighbour) {
        call("send a datagram from " + from + " to " + neighbour, () -> {
            ProtocolFamily family =
                    from.family() == AddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            entered();
            try (DatagramChannel socket = DatagramChannel.open(family)) { // made by this thread, so in the namespace
                socket.configureBlocking(false);
                socket.bind(new InetSocketAddress(from.toInetAddress(), 0));
                return socket.send(ByteBuffer.allocate(0), new InetSocketAddress(neighbour.toInetAddress(), DISCARD));
            }
        });
    }

    @Override
    public void apply(NetnsOperation operation) {
        int errno = call(operation.toString(), () -> {
            NetlinkSocket socket = entered().requests();
            if (operation instanceof WriteSysctl sysctl) {
                Sysctls.write(sysctl);
                return 0;
            } else if (operation instanceof MoveIn move) {
                return moveIn(move);
            }
            return Changes.apply(operation, socket);
        });
        if (errno != 0) {
            throw Errno.exception(operation.toString(), namespace, errno);
        }
    }

    private int moveIn(MoveIn move) {
        int here = LibC.open(NamespaceFile.CURRENT.toString(), LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        try {
            return homeRequests.request(n -> NetlinkEncoder.move(n, move.link(), move.name(), here));
        } finally {
            LibC.close(here);
        }
    }

    private Inside entered() {
        if (inside == null) {
            throw new IllegalStateException(namespace + " wasn't entered");
        }
        return inside;
    }

    @Override
    public boolean await(Duration atMost, boolean home) {
        return call("wait for news", () -> {
            byte[] descriptors = new byte[4 * POLLED];
            ByteBuffer polled = ByteBuffer.wrap(descriptors).order(ByteOrder.nativeOrder());
            poll(polled, wake, LibC.POLLIN);
            poll(polled, mounts, LibC.POLLPRI);
            poll(polled, inside == null ? -1 : inside.events().fd(), LibC.POLLIN); // -1 is passed over
            poll(polled, home ? homeEvents.fd() : -1, LibC.POLLIN);
            boolean news = poll(descriptors, polled, atMost);
            if (inside != null) {
                news |= inside.events().drain();
            }
            boolean outside = homeEvents.drain(); // also when nobody asked, so that they don't pile up
            return news || (home && outside);
        });
    }

    /**
     * Waits, and says whether it was for anything but a wake.
     *
     * @param polled lies on the descriptors
     */
    private boolean poll(byte[] descriptors, ByteBuffer polled, Duration atMost) {
        try {
            int ready = LibC.poll(descriptors, new NativeLong(4), (int) atMost.toMillis());
            boolean woken = polled.getShort(REVENTS) != 0;
            if (woken) {
                LibC.read(wake, new byte[8], new NativeLong(8));
            }
            return ready != 1 || !woken;
        } catch (LastErrorException e) {
            if (!Set.of(Errno.EINTR, Errno.EAGAIN).contains(e.getErrorCode())) {
                throw e;
            }
            return true;
        }
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
        homeRequests.close();
        homeEvents.close();
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
