// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.l3distributor.heartbeat.Envelope;

/**
 * Receives datagrams and does nothing else, so that the kernel's buffer is emptied whatever the tables do. They wait in a
 * queue; where that is full, the oldest is thrown away and counted: the newest says more.
 */
final class Receiver implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    /** @param received when it came in */
    @SuppressWarnings("ArrayRecordComponent") // bytes in passing, never compared
    record Datagram(byte[] bytes, Instant received) {}

    private final DatagramSocket socket;
    private final ArrayBlockingQueue<Datagram> queue;
    private final Clock clock;
    private final Counts counts;
    private final Thread thread;

    Receiver(InetSocketAddress address, ArrayBlockingQueue<Datagram> queue, Clock clock, Counts counts)
            throws SocketException {
        this.queue = queue;
        this.clock = clock;
        this.counts = counts;
        socket = new DatagramSocket(address);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        thread = new Thread(this::receive, "controller-heartbeats");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void receive() {
        byte[] buffer = new byte[Envelope.MAX_DATAGRAM + 1];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
                counts.received.increment();
                offer(new Datagram(Arrays.copyOf(buffer, packet.getLength()), clock.instant()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    counts.failed.increment(); // an ICMP error of some other datagram; the next one may come in
                }
            }
        }
    }

    private void offer(Datagram datagram) {
        while (!queue.offer(datagram)) {
            if (queue.poll() != null) {
                counts.dropped.increment();
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
