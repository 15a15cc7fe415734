// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.RouterId;

class PeerMachineTest {
    private static final Instant NOON = Scenes.NOON;
    private static final String CEASED = "send 6/7, disarm all, close, ended";

    private static PeerStep on(Peer peer, PeerInput input) {
        return PeerMachine.on(peer, input, NOON);
    }

    /** Both connections made, neither opened. */
    private static Peer both(PeerSettings settings) {
        return Scenes.after(
                Scenes.started(settings), NOON, Scenes.connected(Side.OUTGOING), Scenes.connected(Side.INCOMING));
    }

    private static void assertStays(Side side, PeerSettings settings, RouterId remote) {
        OpenMessage open = Scenes.open(settings, remote, 9);
        for (Side first : Side.values()) {
            Peer peer = Scenes.after(both(settings), NOON, Scenes.opened(first, open));
            assertThat(peer.session(first.other()))
                    .as("one OPEN decides nothing")
                    .isNotNull();
            PeerStep step = on(peer, Scenes.opened(first.other(), open));
            assertThat(Words.of(step)).anyMatch(word -> word.equals(Words.name(side.other()) + ": " + CEASED));
            assertThat(step.peer().session(side.other())).isNull();
            Peer up = Scenes.after(step.peer(), NOON, Scenes.keptAlive(side));
            assertThat(up.state()).isEqualTo(SessionState.ESTABLISHED);
            assertThat(up.failures()).as("a collision is no failure").isZero();
        }
    }

    @Test
    void collision_weAreHigher_ourConnectionStays() {
        assertStays(Side.OUTGOING, Settings.EBGP, RouterId.parse("192.0.2.1"));
        assertStays(Side.OUTGOING, Settings.IBGP, RouterId.parse("192.0.2.1"));
    }

    @Test
    void collision_thePeerIsHigher_itsConnectionStays() {
        assertStays(Side.INCOMING, Settings.EBGP, RouterId.parse("192.0.2.3"));
        assertStays(Side.INCOMING, Settings.IBGP, RouterId.parse("223.0.0.1"));
    }

    @Test
    void collision_ofEqualIdentifiers_theHigherAsDecides() {
        RouterId same = Settings.EBGP.routerId();
        assertStays(Side.INCOMING, Settings.EBGP, same);
        assertStays(Side.OUTGOING, Settings.peer(65001, 65000, false, Settings.EBGP.families()), same);
        assertStays(Side.INCOMING, Settings.peer(65001, 4_200_000_000L, false, Settings.EBGP.families()), same);
    }

    @Test
    void collision_theConnectionThatGoes_isNotAnsweredWithAKeepalive() {
        OpenMessage open = Scenes.open(Settings.EBGP, Scenes.LOW, 9);
        Peer peer = Scenes.after(both(Settings.EBGP), NOON, Scenes.opened(Side.OUTGOING, open));
        assertThat(Words.of(on(peer, Scenes.opened(Side.INCOMING, open)))).containsExactly("incoming: " + CEASED);
    }

    @Test
    void collision_withABadOpen_leavesTheGoodConnectionAlone() {
        Peer peer = Scenes.after(
                both(Settings.EBGP), NOON, Scenes.opened(Side.OUTGOING, Scenes.open(Settings.EBGP, Scenes.HIGH, 9)));
        PeerSettings another = Settings.peer(64512, 64999, false, Settings.EBGP.families());
        PeerStep step = on(peer, Scenes.opened(Side.INCOMING, Scenes.open(another, Scenes.HIGH, 9)));
        assertThat(Words.of(step)).containsExactly("incoming: send 2/2, disarm all, close, ended");
        assertThat(step.peer().state()).isEqualTo(SessionState.OPEN_CONFIRM);
    }

    @Test
    void firstToBeEstablished_staysWhateverTheIdentifiers() {
        for (Side first : Side.values()) {
            Peer peer =
                    Scenes.after(both(Settings.EBGP), NOON, Scenes.opened(first, Scenes.OPEN), Scenes.keptAlive(first));
            assertThat(peer.state()).isEqualTo(SessionState.ESTABLISHED);
            assertThat(peer.session(first.other())).isNull();
            assertThat(Words.of(on(peer, Scenes.connected(first.other()))))
                    .containsExactly("refuse " + Words.name(first.other()) + " \"the session is established\"");
        }
    }

    @Test
    void oneOfTwoConnectionsIsLost_theOtherGoesOnWithoutAWait() {
        PeerStep step = on(both(Settings.EBGP), Scenes.lost(Side.OUTGOING));
        assertThat(Words.of(step)).containsExactly("outgoing: disarm all, close, ended");
        assertThat(step.peer().failures()).isZero();
    }

    @Test
    void incomingConnectionWithoutAWord_keepsNobodyFromCalling() {
        Peer active = Scenes.after(Scenes.started(Settings.EBGP), NOON, new PeerInput.ConnectFailed("refused"));
        Peer called = Scenes.after(active, NOON, Scenes.connected(Side.INCOMING));
        assertThat(Words.of(on(called, new PeerInput.RetryExpired())))
                .containsExactly("give up connecting", "connect", "arm RETRY 10s");
        assertThat(Words.of(on(called, new PeerInput.ConnectFailed("refused")))).containsExactly("arm RETRY 2s");
        Peer opened = Scenes.after(called, NOON, Scenes.opened(Side.INCOMING, Scenes.OPEN));
        assertThat(on(opened, new PeerInput.RetryExpired()).outputs()).isEmpty();
        assertThat(on(opened, new PeerInput.ConnectFailed("refused")).outputs()).isEmpty();
    }

    @Test
    void peerThatConnectsAgain_replacesTheConnectionOnWhichItSaidNothing() {
        Peer called = Scenes.after(Scenes.started(Settings.PASSIVE), NOON, Scenes.connected(Side.INCOMING));
        PeerStep step = on(called, Scenes.connected(Side.INCOMING));
        assertThat(Words.of(step))
                .startsWith("incoming: send 6/5, disarm all, close, ended")
                .endsWith("incoming: send OPEN, arm HOLD 240s");
        Peer up = Scenes.after(
                step.peer(), NOON, Scenes.opened(Side.INCOMING, Scenes.OPEN), Scenes.keptAlive(Side.INCOMING));
        assertThat(up.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void peerThatConnectsAgain_doesNotReplaceAConnectionThatIsOpened() {
        Peer opened = Scenes.after(
                Scenes.started(Settings.PASSIVE),
                NOON,
                Scenes.connected(Side.INCOMING),
                Scenes.opened(Side.INCOMING, Scenes.OPEN));
        assertThat(Words.of(on(opened, Scenes.connected(Side.INCOMING))))
                .containsExactly("refuse incoming \"there is such a connection already\"");
    }

    @Test
    void passivePeer_neverConnects() {
        Peer peer = Scenes.started(Settings.PASSIVE);
        assertThat(peer.state()).isEqualTo(SessionState.ACTIVE);
        Peer ended = Scenes.after(Scenes.running(Settings.PASSIVE, Side.INCOMING), NOON, Scenes.lost(Side.INCOMING));
        assertThat(ended.state()).isEqualTo(SessionState.ACTIVE);
        for (FsmTable.Input input : FsmTable.INPUTS) {
            if (!(input.input() instanceof PeerInput.Configure)) {
                assertThat(Words.of(on(peer, input.input()))).doesNotContain("connect");
            }
        }
    }

    @Test
    void passivePeerThatIsMadeActive_connectsAtOnce() {
        PeerStep step = on(Scenes.started(Settings.PASSIVE), new PeerInput.Configure(Settings.EBGP));
        assertThat(Words.of(step)).containsExactly("give up connecting", "connect", "arm RETRY 10s");
    }

    @Test
    void activePeerThatIsMadePassive_givesUpConnecting() {
        PeerStep step = on(Scenes.started(Settings.EBGP), new PeerInput.Configure(Settings.PASSIVE));
        assertThat(Words.of(step)).containsExactly("give up connecting", "disarm RETRY");
        assertThat(step.peer().state()).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void newSettings_leaveTheSessionAloneAndHoldForTheNext() {
        Peer running = Scenes.running(Settings.EBGP, Side.OUTGOING);
        PeerSettings slower = Settings.timed(Settings.PASSIVE, 180, 60);
        PeerStep step = on(running, new PeerInput.Configure(slower));
        assertThat(step.outputs()).isEmpty();
        assertThat(step.peer().outgoing()).isEqualTo(running.outgoing());
        Peer next = Scenes.after(step.peer(), NOON, Scenes.lost(Side.OUTGOING), Scenes.connected(Side.INCOMING));
        assertThat(next.incoming()).isNotNull();
        assertThat(next.incoming().settings()).isEqualTo(slower);
    }

    @Test
    void stop_ceasesBothConnectionsAndForgetsTheFailures() {
        Peer peer = Scenes.after(both(Settings.EBGP).failures(4), NOON, Scenes.stop());
        assertThat(peer.state()).isEqualTo(SessionState.IDLE);
        assertThat(peer.hasSession()).isFalse();
        assertThat(peer.failures()).isZero();
        PeerStep again = on(peer, new PeerInput.Start());
        assertThat(Words.of(again)).containsExactly("connect", "arm RETRY 10s");
    }

    @Test
    void stoppedPeer_refusesAndIsNotClearedIntoLife() {
        Peer peer = Scenes.stopped(Settings.EBGP);
        assertThat(Words.of(on(peer, Scenes.connected(Side.INCOMING))))
                .containsExactly("refuse incoming \"the peer is held down\"");
        assertThat(on(peer, Scenes.reset())).isEqualTo(new PeerStep(peer, List.of()));
        assertThat(on(peer, new PeerInput.Configure(Settings.PASSIVE)).outputs())
                .isEmpty();
    }

    @Test
    void clear_endsTheSessionAndConnectsAtOnce() {
        PeerStep step = on(Scenes.running(Settings.EBGP, Side.INCOMING), Scenes.reset());
        assertThat(Words.of(step))
                .containsExactly(
                        "give up connecting",
                        "disarm RETRY",
                        "incoming: send 6/4, disarm all, close, ended",
                        "connect",
                        "arm RETRY 10s");
        assertThat(step.peer().state()).isEqualTo(SessionState.CONNECT);
    }

    @Test
    void refusalByThePeer_leavesUsActiveSoThatItMayConnect() {
        Peer refused = Scenes.after(
                Scenes.started(Settings.EBGP), NOON, Scenes.connected(Side.OUTGOING), Scenes.lost(Side.OUTGOING));
        assertThat(refused.state()).isEqualTo(SessionState.ACTIVE);
        assertThat(Words.of(on(refused, Scenes.connected(Side.INCOMING))))
                .containsExactly("incoming: send OPEN, arm HOLD 240s");
    }

    @Test
    void sessionThatEnded_holdsThePeerBack() {
        Peer ended = Scenes.after(Scenes.running(Settings.EBGP, Side.OUTGOING), NOON, Scenes.lost(Side.OUTGOING));
        assertThat(ended.state()).isEqualTo(SessionState.IDLE);
        assertThat(Words.of(on(ended, Scenes.connected(Side.INCOMING))))
                .containsExactly("refuse incoming \"the peer is held back after a failure\"");
    }

    private static List<String> sessionOf(Peer peer, Duration length) {
        Peer up = Scenes.after(
                peer,
                NOON,
                new PeerInput.RetryExpired(),
                Scenes.connected(Side.OUTGOING),
                Scenes.opened(Side.OUTGOING, Scenes.OPEN),
                Scenes.keptAlive(Side.OUTGOING));
        return Words.of(PeerMachine.on(up, Scenes.lost(Side.OUTGOING), NOON.plus(length)));
    }

    @Test
    void shortSessions_waitLongerAndLonger_aStableOneForgetsThem() {
        Peer peer = Scenes.started(Settings.EBGP).failures(2);
        assertThat(sessionOf(peer, Duration.ofSeconds(29))).endsWith("arm RETRY 4s");
        assertThat(sessionOf(peer, Duration.ofSeconds(30))).endsWith("arm RETRY 1s");
    }

    @Test
    void failuresInARow_doubleTheWaitUpToTheLongest() {
        Peer peer = Scenes.started(Settings.EBGP);
        for (int seconds : new int[] {1, 2, 4, 8, 15, 15, 15}) {
            PeerStep step = on(peer, new PeerInput.ConnectFailed("connection refused"));
            assertThat(Words.of(step)).containsExactly("arm RETRY " + seconds + "s");
            peer = Scenes.after(step.peer(), NOON, new PeerInput.RetryExpired());
        }
    }

    @Test
    void wait_isBoundedForAnyNumberOfFailures() {
        for (int failures : new int[] {0, 1, 17, 18, 64, 65, 1_000_000, Integer.MAX_VALUE}) {
            assertThat(Peer.Pace.DEFAULT.pause(failures)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        }
    }

    @Test
    void jitter_takesAQuarterAtMostAndAddsNothing() {
        Random random = new Random(10);
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 10_000; i++) {
            Duration wait = Peer.Pace.jittered(Duration.ofSeconds(8), random);
            least = wait.compareTo(least) < 0 ? wait : least;
            most = wait.compareTo(most) > 0 ? wait : most;
        }
        assertThat(least).isBetween(Duration.ofSeconds(6), Duration.ofMillis(6_050));
        assertThat(most).isBetween(Duration.ofMillis(7_950), Duration.ofSeconds(8));
    }
}
