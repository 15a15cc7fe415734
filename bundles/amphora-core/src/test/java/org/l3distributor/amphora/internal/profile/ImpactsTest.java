// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.service.ProfileService.Effect;
import org.l3distributor.distributor.service.ProfileService.FieldImpact;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.RouterId;

class ImpactsTest {
    private static final Plan PLAN = new Plan(new RouterId(1), Set.of(), Ports.BGP);

    private static BgpProfile profile(LinkBandwidth linkBandwidth) {
        return new BgpProfile(List.of(Samples.speaker(
                "default",
                List.of(),
                Samples.peerProfile("tor1", "10.10.10.1", linkBandwidth, AddressFamily.values()))));
    }

    @Test
    void linkBandwidth_changesWithoutAReset_betweenAnyOfItsWords() {
        for (LinkBandwidth from : LinkBandwidth.values()) {
            for (LinkBandwidth to : LinkBandwidth.values()) {
                List<FieldImpact> expected = from == to
                        ? List.of()
                        : List.of(new FieldImpact(
                                "l3_bgp_peer:tor1", "link_bandwidth", from.word(), to.word(), Effect.SOFT));
                assertThat(Impacts.between(profile(from), profile(to), PLAN)).isEqualTo(expected);
            }
        }
    }
}
