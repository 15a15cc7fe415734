// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** A peer whose socket takes a batch when it is told to: its RIB, what is on the way, and what has arrived. */
final class SlowPeer {
    private static final CodecOptions CODEC = CodecOptions.BEFORE_OPEN
            .withFourOctetAs(true)
            .withFamilies(Set.of(AfiSafi.IPV4_UNICAST, AfiSafi.IPV6_UNICAST));
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final PeerId id;
    final AdjRibOut rib = new AdjRibOut();
    final Receiver receiver = new Receiver(CODEC);
    private final PeerSettings settings;
    private final Queue<Batch> onTheWay = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();

    SlowPeer(String name, PeerSettings settings) {
        id = new PeerId(name);
        this.settings = settings;
    }

    /** As the speaker brings it to a peer. */
    void want(IpPrefix prefix, WantedRoute selected) {
        if (selected == null) {
            rib.want(prefix);
        } else {
            rib.want(prefix, selected.route().nextHop(), ExportRules.bandwidth(settings, selected.bandwidth()));
        }
    }

    private static final class Waiter implements Ticket {
        final Runnable onWritten;
        int told;

        Waiter(Runnable onWritten) {
            this.onWritten = onWritten;
        }

        @Override
        public void written(Instant at) {
            told++;
            onWritten.run();
        }

        @Override
        public void sessionDown(String reason) {
            told++;
        }
    }

    void up() {
        rib.sessionUp(settings, CODEC, EnumSet.allOf(AddressFamily.class));
        forget();
    }

    void down() {
        rib.sessionDown("the test says so");
        forget();
    }

    private void forget() {
        onTheWay.forEach(batch -> batch.bytes().release());
        onTheWay.clear();
        receiver.table.clear();
        receiver.bandwidths.clear();
    }

    void handOut() {
        for (Batch next = next(); next != null; next = next()) {
            onTheWay.add(next);
        }
    }

    private Batch next() {
        return rib.next(UnpooledByteBufAllocator.DEFAULT);
    }

    void write() {
        Batch batch = onTheWay.poll();
        if (batch != null) {
            receiver.read(batch);
            rib.written(batch.number(), NOON);
        }
    }

    /** Everything is sent and read: nobody waits any more. */
    void settle() {
        handOut();
        while (!onTheWay.isEmpty()) {
            write();
        }
        assertThat(waiters).allMatch(waiter -> waiter.told == 1);
        waiters.clear();
    }

    void await(Runnable onWritten) {
        Waiter waiter = new Waiter(onWritten);
        waiters.add(waiter);
        rib.await(waiter, NOON);
    }

    void assertNobodyIsToldTwice() {
        assertThat(waiters).allMatch(waiter -> waiter.told <= 1);
    }
}
