// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The service manager's datagram socket. Java 17 has Unix sockets for streams only, so it is one of Netty's. */
final class NotifySocket implements Notifier.Line {
    private final String named;
    private final byte[] address;
    private final Socket socket;

    /** @param address as in {@code NOTIFY_SOCKET} */
    NotifySocket(String address) {
        Epoll.ensureAvailability(); // loads the library that holds the calls of Socket
        this.named = address;
        this.address = address.getBytes(StandardCharsets.UTF_8);
        if (address.startsWith("@")) {
            this.address[0] = 0;
        }
        socket = Socket.newSocketDomainDgram();
    }

    @Override
    public void send(String state) throws IOException {
        byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        int sent;
        try {
            sent = socket.sendToDomainSocket(datagram, 0, bytes.length, address);
        } catch (IOException e) {
            // Netty's own has no text
            throw new IOException("send to " + named + ": " + e, e);
        }
        if (sent != bytes.length) {
            throw new IOException("send to " + named + ": its queue is full");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
