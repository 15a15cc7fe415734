// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.net.AsNumber;

/** What real routers said, byte for byte; they write some things otherwise than this codec does. */
final class ReceivedMessagesTest {
    @Test
    void openOfFrr_isRead() {
        OpenMessage open = (OpenMessage) ((Decoded.Message) received("frr-open")).message();

        assertThat(open.asNumber()).isEqualTo(new AsNumber(65001));
        assertThat(open.families()).containsExactly(AfiSafi.IPV4_UNICAST, AfiSafi.IPV6_UNICAST);
        assertThat(open.has(new Capability.ExtendedMessage())).isTrue();
        assertThat(open.last(Capability.GracefulRestart.class))
                .contains(new Capability.GracefulRestart(true, true, 120, List.of()));
        assertThat(open.last(Capability.AddPath.class).orElseThrow().entries())
                .allMatch(Capability.AddPath.Entry::canReceive)
                .noneMatch(Capability.AddPath.Entry::canSend);
    }

    @Test
    void openOfBird_isRead() {
        OpenMessage open = (OpenMessage) ((Decoded.Message) received("bird-open")).message();

        assertThat(open.asNumber()).isEqualTo(new AsNumber(65001));
        assertThat(open.capabilities()).hasSize(7);
        assertThat(open.has(new Capability.ExtendedMessage())).isFalse();
    }

    @Test
    void updatesOfFrr_areCounted() {
        assertThat(received("frr-update-ipv4"))
                .isEqualTo(new Decoded.Update(new InboundUpdate(2, 0, 0, 0, List.of(), null)));
        assertThat(received("frr-update-ipv6"))
                .isEqualTo(new Decoded.Update(new InboundUpdate(0, 0, 1, 0, List.of(), null)));
    }

    private static Decoded received(String name) {
        byte[] octets = Samples.resource("/received/" + name + ".hex");
        return BgpDecoder.decode(Unpooled.wrappedBuffer(octets), Samples.FULL.withInternal(false));
    }
}
