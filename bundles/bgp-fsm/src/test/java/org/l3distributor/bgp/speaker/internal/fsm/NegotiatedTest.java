// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;

class NegotiatedTest {
    private static Negotiated with(PeerSettings settings, OpenMessage remote) {
        return Negotiated.of(settings, OpenRules.local(settings), remote);
    }

    private static Negotiated with(Capability... capabilities) {
        return with(Settings.EBGP, OpenMessage.of(new AsNumber(65000), 9, Scenes.LOW, List.of(capabilities)));
    }

    @ParameterizedTest(name = "ours {0} s with a keepalive of {1} s, theirs {2} s: {3} s, every {4} ms")
    @CsvSource({
        "9, 3, 9, 9, 3000",
        "9, 3, 180, 9, 3000",
        "90, 30, 9, 9, 3000",
        "90, 10, 60, 60, 10000",
        "90, 80, 90, 90, 30000",
        "9, 0, 9, 9, 3000",
        "9, 1, 9, 9, 1000",
        "3, 1, 3, 3, 1000",
        "9, 3, 4, 4, 1333",
        "65535, 21845, 65535, 65535, 21845000",
        "9, 3, 0, 0, 0",
        "0, 0, 9, 0, 0",
        "0, 3, 0, 0, 0"
    })
    void holdTime_isTheLowerOfBothAndTheKeepaliveAThirdAtMost(
            int ours, int keepalive, int theirs, int hold, int everyMillis) {
        PeerSettings settings = Settings.timed(Settings.EBGP, ours, keepalive);
        Negotiated agreed = with(settings, Scenes.open(settings, Scenes.LOW, theirs));
        assertThat(agreed.holdTime()).isEqualTo(Duration.ofSeconds(hold));
        assertThat(agreed.keepalive().toMillis()).isEqualTo(everyMillis);
    }

    @Test
    void families_areThoseOfBothSides() {
        assertThat(with(new Capability.Multiprotocol(AfiSafi.IPV6_UNICAST)).families())
                .containsExactly(AddressFamily.IPV6);
        assertThat(with().families()).containsExactly(AddressFamily.IPV4);
        assertThat(with(Settings.EBGP, Scenes.OPEN).families())
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(AddressFamily.class));
        assertThat(with(Settings.IPV4_ONLY, Scenes.OPEN).codec().families()).isEqualTo(Set.of(AfiSafi.IPV4_UNICAST));
    }

    @Test
    void codec_isPlainWithAPeerThatKnowsNothingNew() {
        assertThat(with().codec()).isEqualTo(CodecOptions.BEFORE_OPEN);
        assertThat(with().enhancedRefresh()).isFalse();
    }

    @Test
    void codec_isExtendedByWhatThePeerOffers() {
        CodecOptions codec = with(Settings.EBGP, Scenes.OPEN).codec();
        assertThat(codec.maxMessageLength()).isEqualTo(CodecOptions.EXTENDED_LENGTH);
        assertThat(codec.fourOctetAs()).isTrue();
        assertThat(codec.internal()).isFalse();
        assertThat(with(Settings.EBGP, Scenes.OPEN).enhancedRefresh()).isTrue();
        assertThat(with(new Capability.ExtendedMessage()).codec().fourOctetAs()).isFalse();
    }

    @Test
    void codec_knowsAnInternalPeer() {
        assertThat(with(Settings.IBGP, Scenes.open(Settings.IBGP, Scenes.LOW, 9))
                        .codec()
                        .internal())
                .isTrue();
    }

    @Test
    void words_nameEveryCapabilityOnce() {
        Capability unknown = new Capability.UnknownCapability(200, Octets.EMPTY);
        assertThat(Negotiated.words(List.of(
                        new Capability.Multiprotocol(AfiSafi.IPV4_UNICAST),
                        new Capability.Multiprotocol(AfiSafi.IPV4_UNICAST),
                        new Capability.GracefulRestart(false, false, 120, List.of()),
                        new Capability.AddPath(List.of()),
                        new Capability.ExtendedNextHop(List.of()),
                        unknown)))
                .containsExactly(
                        "ipv4-unicast", "graceful-restart 120s", "add-path", "extended-next-hop", "capability-200");
        assertThat(Negotiated.offered(Settings.EBGP))
                .containsExactly(
                        "ipv4-unicast",
                        "ipv6-unicast",
                        "route-refresh",
                        "enhanced-route-refresh",
                        "extended-message",
                        "four-octet-as 64512");
    }
}
