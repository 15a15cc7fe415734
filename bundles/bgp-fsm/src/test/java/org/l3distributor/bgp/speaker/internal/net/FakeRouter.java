// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/** A router on a loopback address of its own, which knows no BGP but what a test tells it to say. */
final class FakeRouter implements AutoCloseable {
    static final AsNumber AS = new AsNumber(65000);
    static final AsNumber SPEAKER_AS = new AsNumber(64512);
    static final RouterId SPEAKER_ID = RouterId.parse("10.0.0.100");

    final PeerId id;
    private final InetAddress address;
    private final ServerSocket server;

    FakeRouter(String id, String address) throws IOException {
        this.id = new PeerId(id);
        this.address = InetAddress.getByName(address);
        this.server = new ServerSocket(0, 16, this.address);
        server.setSoTimeout(30_000);
    }

    /** As little as the kernel allows, so that it is soon full of what nobody reads. */
    void receiveLittle() throws IOException {
        server.setReceiveBufferSize(2048);
    }

    PeerSettings settings() {
        return settings(9, false, true);
    }

    /** How the speaker is to be configured for this router. */
    PeerSettings settings(int holdSeconds, boolean passive, boolean enabled) {
        return new PeerSettings(
                id,
                "default",
                IpAddress.of(address),
                server.getLocalPort(),
                null,
                SPEAKER_AS,
                SPEAKER_ID,
                AS,
                Duration.ofSeconds(holdSeconds),
                Duration.ofSeconds(holdSeconds / 3),
                null,
                null,
                EnumSet.allOf(AddressFamily.class),
                passive,
                enabled,
                LinkBandwidth.NONE,
                "");
    }

    /** The OPEN of a well-behaved router. */
    static OpenMessage open() {
        return open("10.0.0.1", Set.of());
    }

    static OpenMessage open(String routerId, Set<Capability> more) {
        List<Capability> capabilities = new ArrayList<>(List.of(
                new Capability.Multiprotocol(AfiSafi.unicast(AddressFamily.IPV4)),
                new Capability.Multiprotocol(AfiSafi.unicast(AddressFamily.IPV6)),
                new Capability.RouteRefresh(),
                new Capability.FourOctetAs(AS)));
        capabilities.addAll(more);
        return OpenMessage.of(AS, 90, RouterId.parse(routerId), capabilities);
    }

    /** The speaker calls. */
    Line accept() throws IOException {
        return new Line(server.accept());
    }

    /** The router calls, as a router does: from its own address. */
    Line call(InetAddress speaker, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(speaker, port), 8000);
        return new Line(socket);
    }

    /** The next call of the speaker, brought to Established. */
    Line established() throws IOException {
        Line line = accept();
        line.establish(open());
        return line;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
