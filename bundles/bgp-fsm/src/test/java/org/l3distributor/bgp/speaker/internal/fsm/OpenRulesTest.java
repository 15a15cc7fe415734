// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.RouterId;

class OpenRulesTest {
    private static final AfiSafi VPN = new AfiSafi(1, 128);
    private static final PeerSettings IPV6_ONLY = Settings.speaking(Settings.EBGP, EnumSet.of(AddressFamily.IPV6));

    /** An OPEN of AS 65000 from 192.0.2.1 with these capabilities. */
    private static OpenMessage open(Capability... capabilities) {
        return OpenMessage.of(new AsNumber(65000), 9, Scenes.LOW, List.of(capabilities));
    }

    private static Capability speaks(AfiSafi family) {
        return new Capability.Multiprotocol(family);
    }

    private static void assertRefused(PeerSettings settings, OpenMessage open, int subcode, String data) {
        Optional<ProtocolError> error = OpenRules.judge(settings, open);
        assertThat(error).isPresent();
        assertThat(error.get().code()).isEqualTo(2);
        assertThat(error.get().subcode()).isEqualTo(subcode);
        assertThat(error.get().data()).isEqualTo(Octets.ofHex(data));
    }

    private static void assertAccepted(PeerSettings settings, OpenMessage open) {
        assertThat(OpenRules.judge(settings, open)).isEmpty();
    }

    @Test
    void anotherAs_isRefusedAsBadPeerAs() {
        assertRefused(Settings.peer(64512, 64999, false, Settings.EBGP.families()), Scenes.OPEN, 2, "");
        assertRefused(
                Settings.IBGP,
                Scenes.open(Settings.peer(1, 65001, false, EnumSet.of(AddressFamily.IPV4)), Scenes.LOW, 9),
                2,
                "");
    }

    @Test
    void fourOctetAs_isTheOneOfTheCapability() {
        PeerSettings large = Settings.peer(64512, 4_200_000_000L, false, Settings.EBGP.families());
        OpenMessage open = Scenes.open(large, Scenes.LOW, 9);
        assertThat(open.myAs()).isEqualTo(new AsNumber(23456));
        assertAccepted(large, open);
        assertRefused(Settings.peer(64512, 23456, false, Settings.EBGP.families()), open, 2, "");
    }

    @Test
    void peerWithoutFourOctetAs_isJudgedByItsField() {
        assertAccepted(Settings.EBGP, open());
    }

    @Test
    void ourOwnIdentifier_isRefusedWithinAnAsAndAcceptedBetweenTwo() {
        RouterId ours = Settings.EBGP.routerId();
        assertRefused(Settings.IBGP, Scenes.open(Settings.IBGP, ours, 9), 3, "");
        assertAccepted(Settings.EBGP, Scenes.open(Settings.EBGP, ours, 9));
    }

    @Test
    void noCommonFamily_isRefusedWithTheCapabilitiesThatWereMissed() {
        assertRefused(IPV6_ONLY, open(speaks(AfiSafi.IPV4_UNICAST)), 7, "010400020001");
        assertRefused(Settings.EBGP, open(speaks(VPN)), 7, "010400010001" + "010400020001");
    }

    @Test
    void openWithoutFamilies_speaksIpv4() {
        assertAccepted(Settings.IPV4_ONLY, open());
        assertRefused(IPV6_ONLY, open(new Capability.RouteRefresh()), 7, "010400020001");
    }

    @Test
    void familiesBesideTheCommonOne_areNoFault() {
        assertAccepted(IPV6_ONLY, open(speaks(VPN), speaks(AfiSafi.IPV6_UNICAST)));
    }

    @Test
    void wrongAs_isToldBeforeAnythingElse() {
        PeerSettings both = Settings.peer(65000, 64999, false, EnumSet.of(AddressFamily.IPV6));
        assertRefused(both, open(speaks(VPN)), 2, "");
    }

    @Test
    void ourOpen_offersOurFamiliesInOrderAndWhatTheMachinesKnow() {
        assertThat(OpenRules.local(Settings.EBGP))
                .isEqualTo(OpenMessage.of(
                        new AsNumber(64512),
                        9,
                        RouterId.parse("192.0.2.2"),
                        List.of(
                                speaks(AfiSafi.IPV4_UNICAST),
                                speaks(AfiSafi.IPV6_UNICAST),
                                new Capability.RouteRefresh(),
                                new Capability.EnhancedRouteRefresh(),
                                new Capability.ExtendedMessage(),
                                new Capability.FourOctetAs(new AsNumber(64512)))));
        List<Capability> six = OpenRules.local(IPV6_ONLY).capabilities();
        assertThat(six).contains(speaks(AfiSafi.IPV6_UNICAST)).doesNotContain(speaks(AfiSafi.IPV4_UNICAST));
    }
}
