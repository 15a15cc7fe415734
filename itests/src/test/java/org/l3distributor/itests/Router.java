// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of a router as the tests need, in plain Java so that it runs inside the container, too: takes a session, keeps
 * the table that it is told, and remembers what happened.
 */
final class Router implements AutoCloseable {
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;
    private static final int MP_REACH = 14;
    private static final int MP_UNREACH = 15;
    private static final byte[] MARKER = new byte[16];

    static {
        Arrays.fill(MARKER, (byte) 0xFF);
    }

    private final ServerSocket server;
    private final int as;
    private final Set<String> table = new TreeSet<>();
    private final List<String> notifications = new CopyOnWriteArrayList<>();
    private int sessions;
    private int withdrawals;
    private boolean established;

    /** Listens on port 179 of this loopback address. */
    Router(String address, int as) throws IOException {
        this.as = as;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName(address), 179));
        Thread thread = new Thread(this::serve, "test-router");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                converse(socket);
            } catch (IOException gone) {
                // the speaker went away, or the test is over: the table goes with it
            }
            synchronized (this) {
                established = false;
                table.clear();
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        out.write(open());
        while (true) {
            in.skipNBytes(16);
            int length = in.readUnsignedShort();
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(length - 19);
            if (type == OPEN || type == KEEPALIVE) {
                out.write(message(KEEPALIVE, new byte[0]));
            }
            take(type, ByteBuffer.wrap(body));
        }
    }

    private synchronized void take(int type, ByteBuffer body) {
        if (type == KEEPALIVE && !established) {
            established = true;
            sessions++;
        } else if (type == UPDATE) {
            withdraw(part(body, body.getShort() & 0xFFFF), 4);
            attributes(part(body, body.getShort() & 0xFFFF));
            announce(body, 4);
        } else if (type == NOTIFICATION) {
            notifications.add(body.get() + "/" + body.get());
        }
    }

    /** The routes of other families lie in the attributes (RFC 4760). */
    private void attributes(ByteBuffer all) {
        while (all.hasRemaining()) {
            boolean extended = (all.get() & 0x10) != 0;
            int type = all.get() & 0xFF;
            ByteBuffer value = part(all, extended ? all.getShort() & 0xFFFF : all.get() & 0xFF);
            if (type == MP_REACH) {
                int octets = octets(value);
                part(value, value.get() & 0xFF);
                value.get();
                announce(value, octets);
            } else if (type == MP_UNREACH) {
                withdraw(value, octets(value));
            }
        }
    }

    /** The length of the family's addresses; skips AFI and SAFI. */
    private static int octets(ByteBuffer value) {
        int afi = value.getShort();
        value.get();
        return afi == 2 ? 16 : 4;
    }

    private static ByteBuffer part(ByteBuffer of, int length) {
        ByteBuffer part = of.slice(of.position(), length);
        of.position(of.position() + length);
        return part;
    }

    private void announce(ByteBuffer nlri, int octets) {
        while (nlri.hasRemaining()) {
            table.add(route(nlri, octets));
        }
    }

    private void withdraw(ByteBuffer nlri, int octets) {
        while (nlri.hasRemaining()) {
            table.remove(route(nlri, octets));
            withdrawals++;
        }
    }

    private static String route(ByteBuffer nlri, int octets) {
        int bits = nlri.get() & 0xFF;
        byte[] address = new byte[octets];
        nlri.get(address, 0, (bits + 7) / 8);
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Offers both families and the AS number of four octets, and a hold time of 30 s. */
    private byte[] open() {
        byte[] capabilities = {1, 4, 0, 1, 0, 1, 1, 4, 0, 2, 0, 1, 65, 4};
        int length = capabilities.length + 4;
        ByteBuffer body = ByteBuffer.allocate(12 + length);
        body.put((byte) 4).putShort((short) as).putShort((short) 30).put(new byte[] {127, 0, 0, 2});
        body.put((byte) (length + 2)).put((byte) 2).put((byte) length);
        body.put(capabilities).putInt(as);
        return message(OPEN, body.array());
    }

    private static byte[] message(int type, byte[] body) {
        return ByteBuffer.allocate(19 + body.length)
                .put(MARKER)
                .putShort((short) (19 + body.length))
                .put((byte) type)
                .put(body)
                .array();
    }

    /** The routes of the session that stands. */
    synchronized Set<String> table() {
        return new TreeSet<>(table);
    }

    synchronized boolean isEstablished() {
        return established;
    }

    /** How many sessions have been established since the router was made. */
    synchronized int sessions() {
        return sessions;
    }

    /** How many routes have been withdrawn one by one. */
    synchronized int withdrawals() {
        return withdrawals;
    }

    /** Code/subcode of each NOTIFICATION received. */
    List<String> notifications() {
        return notifications;
    }

    void awaitEstablished() throws Exception {
        await("a session", this::isEstablished);
    }

    void awaitTable(Set<String> wanted) throws Exception {
        await("the table " + wanted, () -> table().equals(wanted));
    }

    void await(String what, Callable<Boolean> condition) throws Exception {
        Await.until(
                what,
                Duration.ofSeconds(60),
                condition,
                () -> "table " + table() + ", sessions " + sessions() + ", notifications " + notifications);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
