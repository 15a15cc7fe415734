// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
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
