// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.net.PeerId;

/** Speakers for tests, and how to wait for them. */
final class Speakers {
    private Speakers() {}

    /** One that tries again at once, so that no test waits for it. */
    static NettySpeaker impatient() {
        Peer.Pace pace = new Peer.Pace(
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));
        return new NettySpeaker(Duration.ofMillis(200), pace, new SplittableRandom(7));
    }

    static PeerSnapshot peer(NettySpeaker speaker, PeerId id) {
        return speaker.peers().stream()
                .filter(p -> p.settings().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no peer " + id));
    }

    static void awaitState(NettySpeaker speaker, PeerId id, SessionState state) {
        await(
                () -> speaker.peers().stream().anyMatch(p -> p.settings().id().equals(id) && p.state() == state),
                () -> id + " should be " + state + ": " + speaker.peers());
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail(otherwise.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A TCP port of all addresses that nobody had a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        }
    }
}
