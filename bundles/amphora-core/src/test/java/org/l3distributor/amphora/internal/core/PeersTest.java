// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.l3distributor.amphora.internal.Samples;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.PeerView.HeldDown;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

class PeersTest {
    private static final PeerId TOR1 = new PeerId("tor1");

    private final World world = World.running();

    @Test
    void disable_isDurable_andAnsweredOnceTheSpeakerHasTakenItUp() {
        world.speaker.settled = new CompletableFuture<>();
        CompletableFuture<Outcome<PeerView>> answer =
                world.core.peers().disable(TOR1).toCompletableFuture();
        world.settle();
        assertThat(world.store.overrides).hasSize(1);
        assertThat(answer).isNotDone();

        world.speaker.settled.complete(null);
        world.settle();
        assertThat(answer.join())
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(((PeerView) done.value()).enabled()).isFalse());
    }

    @Test
    void aPeerThatIsHeldDown_saysByWhom() {
        PeerProfile on = Samples.peerProfile("tor1", "10.10.10.1");
        PeerProfile off = new PeerProfile(
                on.id(),
                on.name(),
                on.peerIp(),
                on.remoteAs(),
                on.md5Password(),
                on.ttlHops(),
                on.holdTime(),
                on.keepaliveInterval(),
                on.families(),
                on.passive(),
                false,
                on.linkBandwidth(),
                on.description());
        world.configure(new BgpProfile(List.of(Samples.speaker("default", List.of(), off))));
        assertThat(world.core.peers().peer(TOR1)).map(PeerView::heldDown).contains(HeldDown.PROFILE);
        assertThat(world.core.readiness().conditions())
                .extracting(Readiness.Condition::reason)
                .contains("disabled by the profile");

        world.configure(Samples.twoPeers());
        assertThat(world.core.peers().peer(TOR1).map(PeerView::heldDown)).isEmpty();
        world.done(world.core.peers().disable(TOR1));
        assertThat(world.core.peers().peer(TOR1)).map(PeerView::heldDown).contains(HeldDown.OPERATOR);
    }

    @Test
    void aPeer_saysInWhichFormItIsToldWhatNextHopsCanTake_andTheMetricSaysSoToo() {
        assertThat(world.core.peers().peer(TOR1)).map(PeerView::linkBandwidth).contains("none");
        PeerProfile told = Samples.peerProfile(
                "tor1", "10.10.10.1", PeerProfile.LinkBandwidth.NON_TRANSITIVE, AddressFamily.values());
        world.configure(new BgpProfile(List.of(Samples.speaker("default", List.of(), told))));
        assertThat(world.core.peers().peer(TOR1)).map(PeerView::linkBandwidth).contains("non_transitive");
        assertThat(world.core.metrics().stream()
                        .filter(metric -> metric.name().equals("bgp_session_link_bandwidth"))
                        .flatMap(metric -> metric.samples().stream())
                        .filter(sample -> sample.value() == 1)
                        .map(Metric.Sample::labels))
                .containsExactly(Map.of("peer", "tor1", "form", "non_transitive"));
    }

    @Test
    void disable_whileTheStoreFails_isRefusedAndNothingIsChanged() {
        world.speaker.calls.clear();
        world.store.fault = "the disk is full";
        CompletableFuture<Outcome<PeerView>> answer =
                world.core.peers().disable(TOR1).toCompletableFuture();
        world.settle();
        assertThat(answer.join()).isInstanceOf(Outcome.Refused.class);
        assertThat(world.speaker.calls).isEmpty();
        assertThat(world.core.peers().peer(TOR1))
                .hasValueSatisfying(peer -> assertThat(peer.enabled()).isTrue());
    }
}
