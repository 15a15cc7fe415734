// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.internal.rib.AdjRibOut;
import org.l3distributor.bgp.speaker.internal.rib.Batch;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/**
 * Packs tables that nobody gets before the first session comes, for the first table that a fresh virtual machine packs
 * takes a hundred times as long as the tenth.
 */
final class WarmUp {
    private static final int ROUTES = 10_000;
    private static final int ROUNDS = 5;

    /** Changes of one route each: the compiler takes a method when it has run 200 times. */
    private static final int SINGLES = 250;

    private WarmUp() {}

    static void run() {
        AsNumber as = new AsNumber(64512);
        PeerSettings nobody = new PeerSettings(
                new PeerId("warm-up"),
                "",
                IpAddress.v4(1),
                179,
                null,
                as,
                new RouterId(1),
                as,
                Duration.ZERO,
                Duration.ZERO,
                null,
                null,
                Set.of(AddressFamily.IPV4, AddressFamily.IPV6),
                false,
                false,
                LinkBandwidth.NONE,
                "");
        CodecOptions options = CodecOptions.BEFORE_OPEN.withFourOctetAs(true);
        for (int round = 0; round < ROUNDS; round++) {
            AdjRibOut rib = new AdjRibOut();
            for (int i = 0; i < ROUTES; i++) {
                rib.want(IpPrefix.host(IpAddress.v4(0x0A000000 + i)), IpAddress.v4(0xC0000201), null);
            }
            rib.sessionUp(nobody, options, nobody.families());
            pack(rib, PooledByteBufAllocator.DEFAULT);
            for (int i = 0; i < SINGLES / ROUNDS; i++) {
                IpPrefix prefix = IpPrefix.host(IpAddress.v4(0x0A000000 + i));
                rib.want(prefix);
                pack(rib, PooledByteBufAllocator.DEFAULT);
                rib.want(prefix, IpAddress.v4(0xC0000201), null);
                pack(rib, PooledByteBufAllocator.DEFAULT);
            }
        }
    }

    private static void pack(AdjRibOut rib, ByteBufAllocator allocator) {
        for (Batch batch = rib.next(allocator); batch != null; batch = rib.next(allocator)) {
            batch.bytes().release();
            rib.written(batch.number(), Instant.EPOCH);
        }
    }
}
