// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** HAProxy's statistics socket: a command, and its answer until the end of the stream. */
public final class StatsSocket {
    private final Path path;

    public StatsSocket(Path path) {
        this.path = path;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param command one line; several commands have semicolons between
     * @throws IOException when nobody listens there, or the whole answer isn't there in time: a stopped process still
     *     has connections accepted for it
     */
    public String ask(String command, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Selector selector = Selector.open();
                SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.configureBlocking(false); // a full backlog of a stopped process would block a connect, too
            socket.connect(UnixDomainSocketAddress.of(path));
            SelectionKey key = socket.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer question = StandardCharsets.US_ASCII.encode(command + "\n");
            while (question.hasRemaining()) {
                await(selector, deadline);
                socket.write(question);
            }
            key.interestOps(SelectionKey.OP_READ);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(16_384);
            while (true) {
                await(selector, deadline);
                int read = socket.read(buffer.clear());
                if (read < 0) {
                    return answer.toString(StandardCharsets.UTF_8);
                }
                answer.write(buffer.array(), 0, read);
            }
        }
    }

    private void await(Selector selector, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left > 0) {
            selector.select(Math.max(1, left / 1_000_000));
            selector.selectedKeys().clear();
        }
        if (deadline - System.nanoTime() <= 0) {
            throw new IOException(path + " doesn't answer in time");
        }
    }
}
