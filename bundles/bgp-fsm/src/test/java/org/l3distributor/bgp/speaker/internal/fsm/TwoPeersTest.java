// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.Settings;

/** Our machine at both ends. */
class TwoPeersTest {
    private static final List<String> IDENTIFIERS = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3");

    private static PeerSettings left() {
        return Settings.EBGP;
    }

    private static PeerSettings right(String identifier) {
        return Settings.identified(Settings.peer(65000, 64512, false, left().families()), identifier);
    }

    private static void assertOneSession(TwoPeers both, long seed) {
        assertThat(List.of(both.left.state(), both.right.state()))
                .as("seed %d", seed)
                .containsOnly(SessionState.ESTABLISHED);
        assertThat(both.left.established()).isEqualTo(both.right.established().other());
        assertThat(both.left.wire()).isSameAs(both.right.wire());
    }

    @Test
    void bothConnectAtOnce_inAnyOrderOfMessages_endWithTheSameSession() {
        for (int seed = 0; seed < 900; seed++) {
            TwoPeers both = new TwoPeers(seed, left(), right(IDENTIFIERS.get(seed % 3)));
            both.left.take(new PeerInput.Start());
            both.right.take(new PeerInput.Start());
            both.run(Duration.ofSeconds(60));
            assertOneSession(both, seed);
        }
    }

    @Test
    void oneIsPassive_theOthersConnectionIsTheSession() {
        TwoPeers both = new TwoPeers(1, Settings.PASSIVE, right("192.0.2.1"));
        both.left.take(new PeerInput.Start());
        both.run(Duration.ofSeconds(60));
        assertThat(both.left.state()).isEqualTo(SessionState.ACTIVE);
        both.right.take(new PeerInput.Start());
        both.run(Duration.ofSeconds(60));
        assertOneSession(both, 1);
        assertThat(both.left.established()).isEqualTo(Side.INCOMING);
    }

    @Test
    void bothArePassiveThenOneIsNot_aSessionIsMade() {
        TwoPeers both = new TwoPeers(1, Settings.PASSIVE, Settings.passive(right("192.0.2.1"), true));
        both.left.take(new PeerInput.Start());
        both.right.take(new PeerInput.Start());
        both.run(Duration.ofSeconds(60));
        assertThat(both.left.state()).isEqualTo(SessionState.ACTIVE);
        both.left.take(new PeerInput.Configure(left()));
        both.run(Duration.ofSeconds(60));
        assertOneSession(both, 1);
    }

    @Test
    void peerVanishesWithoutAWord_theHoldTimerEndsTheSessionAtBothEnds() {
        TwoPeers both = new TwoPeers(1, left(), right("192.0.2.1"));
        both.left.take(new PeerInput.Start());
        both.right.take(new PeerInput.Start());
        both.run(Duration.ofSeconds(60));
        both.reachable(false);
        both.run(Duration.ofSeconds(10));
        assertThat(both.left.state()).isNotEqualTo(SessionState.ESTABLISHED);
        assertThat(both.right.state()).isNotEqualTo(SessionState.ESTABLISHED);
        both.reachable(true);
        both.run(Duration.ofSeconds(60));
        assertOneSession(both, 1);
    }

    @Test
    void anyTroubleThatEnds_endsWithOneSession() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            TwoPeers both = new TwoPeers(seed, left(), right(IDENTIFIERS.get(seed % 3)));
            for (int i = 0; i < 40; i++) {
                trouble(random, both);
                both.run(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 200 : 20_000)));
            }
            both.reachable(true);
            both.left.take(new PeerInput.Configure(left()));
            both.left.take(new PeerInput.Start());
            both.right.take(new PeerInput.Start());
            both.run(Session.OPEN_HOLD.plusSeconds(60)); // an OPEN that got lost may be waited for that long
            assertOneSession(both, seed);
        }
    }

    private static void trouble(Random random, TwoPeers both) {
        TwoPeers.Node one = random.nextBoolean() ? both.left : both.right;
        switch (random.nextInt(10)) {
            case 0 -> one.take(Scenes.stop());
            case 1, 2, 3 -> one.take(new PeerInput.Start());
            case 4 -> one.take(Scenes.reset());
            case 5 -> one.cut();
            case 6 -> both.reachable(false);
            case 7 -> one.take(new PeerInput.Configure(Settings.passive(one.peer.settings(), random.nextBoolean())));
            default -> both.reachable(true);
        }
    }
}
