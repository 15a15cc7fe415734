// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * Ends sessions in every bad way there is and prints how many octets of buffers are left, in a process of its own: an
 * allocator that counts each buffer has to be chosen before the first.
 */
public final class BufferBalance {
    private BufferBalance() {}

    public static void main(String[] args) throws IOException {
        long before = octets();
        trouble();
        System.out.println("left=" + (octets() - before));
    }

    private static long octets() {
        return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static void trouble() throws IOException {
        int port = Speakers.freePort();
        try (FakeRouter router = new FakeRouter("tor", "127.0.1.1");
                NettySpeaker speaker = Speakers.impatient()) {
            router.receiveLittle();
            speaker.configure(new SpeakerSettings(port, List.of(router.settings(300, false, true))));
            router.accept().close();
            try (Line garbage = router.accept()) {
                garbage.send("GET / HTTP/1.1\r\nHost: router\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                garbage.lastWords();
            }
            try (Line cut = router.established()) {
                cut.send(new byte[] {-1, -1, -1});
            }
            try (Line reset = router.established()) {
                reset.send(new byte[15]);
                reset.socket().setSoLinger(true, 0);
            }
            speaker.owner("test").replaceAll(routes(20_000));
            try (Line unread = router.established()) {
                unread.expect(MessageType.UPDATE);
            }
            collide(router, port);
            try (Line last = router.established()) {
                last.expect(MessageType.UPDATE);
                speaker.clear(router.id);
            }
        }
    }

    private static void collide(FakeRouter router, int port) throws IOException {
        try (Line ours = router.accept();
                Line theirs = router.call(InetAddress.getLoopbackAddress(), port)) {
            ours.expect(MessageType.OPEN);
            theirs.expect(MessageType.OPEN);
            ours.send(FakeRouter.open("10.0.0.200", Set.of()));
            theirs.send(FakeRouter.open("10.0.0.200", Set.of()));
            theirs.expect(MessageType.KEEPALIVE);
            theirs.send(KeepaliveMessage.INSTANCE);
        }
    }

    private static List<WantedRoute> routes(int count) {
        List<WantedRoute> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            IpPrefix prefix = IpPrefix.host(IpAddress.v4(0x0A000000 + i));
            routes.add(new WantedRoute(new Route(prefix, IpAddress.v4(0x0B000000 + i)), null));
        }
        return routes;
    }
}
