// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.l3distributor.bgp.codec.BgpEncoder;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;

/** The router's end of one connection: a blocking socket on which a test says what it likes. */
final class Line implements AutoCloseable {
    /** Long enough for a machine that is busy with other things. */
    private static final int PATIENCE_MILLIS = 30_000;

    /** One message as it came; {@code body} is what follows the header. */
    record Message(MessageType type, byte[] body) {
        @Override
        public String toString() {
            return type + " " + ByteBufUtil.hexDump(body);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    Line(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 65536));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(BgpMessage message) throws IOException {
        send(bytes(message));
    }

    static byte[] bytes(BgpMessage message) {
        ByteBuf out = Unpooled.buffer();
        BgpEncoder.encode(message, CodecOptions.BEFORE_OPEN, out);
        return ByteBufUtil.getBytes(out);
    }

    /** The next message; an {@link EOFException} when the speaker has closed. */
    Message read() throws IOException {
        byte[] marker = in.readNBytes(16);
        if (marker.length == 0) {
            throw new EOFException("the speaker has closed the connection");
        }
        int length = in.readUnsignedShort();
        int code = in.readUnsignedByte();
        MessageType type = Stream.of(MessageType.values())
                .filter(t -> t.code() == code)
                .findFirst()
                .orElseThrow();
        byte[] body = new byte[length - 19];
        in.readFully(body);
        return new Message(type, body);
    }

    /** The next message that is no KEEPALIVE. */
    Message readNews() throws IOException {
        Message next = read();
        while (next.type() == MessageType.KEEPALIVE) {
            next = read();
        }
        return next;
    }

    Message expect(MessageType type) throws IOException {
        Message next = read();
        assertThat(next.type()).as("%s", next).isEqualTo(type);
        return next;
    }

    /** Reads up to the NOTIFICATION, after which the speaker must close. */
    NotificationMessage lastWords() throws IOException {
        Message next = read();
        while (next.type() != MessageType.NOTIFICATION) {
            next = read();
        }
        byte[] body = next.body();
        Octets data = Octets.of(Arrays.copyOfRange(body, 2, body.length));
        assertThat(in.read()).as("nothing follows a NOTIFICATION but the end").isEqualTo(-1);
        return new NotificationMessage(body[0] & 0xFF, body[1] & 0xFF, data);
    }

    /** Messages up to and with the given number of UPDATEs. */
    List<Message> readUpdates(int updates) throws IOException {
        List<Message> all = new ArrayList<>();
        for (int seen = 0; seen < updates; ) {
            Message next = readNews();
            all.add(next);
            seen += next.type() == MessageType.UPDATE ? 1 : 0;
        }
        return all;
    }

    /** Both OPENs and both KEEPALIVEs. */
    void establish(OpenMessage open) throws IOException {
        expect(MessageType.OPEN);
        send(open);
        send(KeepaliveMessage.INSTANCE);
        expect(MessageType.KEEPALIVE);
    }

    boolean isClosedBySpeaker() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (EOFException | java.net.SocketException e) {
            return true;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
