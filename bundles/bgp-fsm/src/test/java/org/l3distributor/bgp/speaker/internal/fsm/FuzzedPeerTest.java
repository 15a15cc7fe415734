// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.RouterId;

/** Any event at any time, also those that a well-made shell would not tell. */
class FuzzedPeerTest {
    private static final int STEPS = 40_000;
    private static final List<PeerSettings> SETTINGS =
            List.of(Settings.EBGP, Settings.PASSIVE, Settings.timed(Settings.EBGP, 0, 0));

    private final Random random = new Random(6286);
    private final Deque<PeerInput> lately = new ArrayDeque<>();
    private final Map<Side, Set<SessionTimer>> armed = new EnumMap<>(Side.class);
    private Instant now = Scenes.NOON;
    private Peer peer = Peer.idle(Settings.EBGP, pace(0));
    private boolean retryArmed;

    private static Peer.Pace pace(int delayOpen) {
        Peer.Pace usual = Peer.Pace.DEFAULT;
        return new Peer.Pace(
                usual.firstWait(),
                usual.longestWait(),
                usual.connectRetry(),
                Duration.ofSeconds(delayOpen),
                usual.stable(),
                usual.sendHold());
    }

    FuzzedPeerTest() {
        for (Side side : Side.values()) {
            armed.put(side, EnumSet.noneOf(SessionTimer.class));
        }
    }

    @Test
    void anyInputs_neverLeaveTwoSessionsNorALooseTimer() {
        fuzz(STEPS);
    }

    @Test
    void anyInputs_withOpensHeldBack_neverLeaveTwoSessionsNorALooseTimer() {
        peer = Peer.idle(Settings.EBGP, pace(2));
        fuzz(STEPS);
    }

    @Test
    void anyInputs_leaveAPeerThatCanBeEstablishedAgain() {
        for (int round = 0; round < 2_000; round++) {
            fuzz(random.nextInt(30));
            recover();
            assertThat(peer.state()).as("after %s", lately).isEqualTo(SessionState.ESTABLISHED);
        }
    }

    private void fuzz(int steps) {
        for (int i = 0; i < steps; i++) {
            now = now.plusMillis(random.nextInt(20_000));
            take(input());
        }
    }

    /** What was there is lost, the wait ends, and the peer behaves. */
    private void recover() {
        take(new PeerInput.Start());
        for (Side side : Side.values()) {
            take(Scenes.lost(side));
        }
        Side side = peer.settings().passive() ? Side.INCOMING : Side.OUTGOING;
        if (retryArmed) {
            take(new PeerInput.RetryExpired());
        }
        take(Scenes.connected(side));
        take(Scenes.opened(side, Scenes.open(peer.settings(), Scenes.LOW, 9)));
        take(Scenes.keptAlive(side));
    }

    private void take(PeerInput input) {
        lately.add(input);
        if (lately.size() > 12) {
            lately.remove();
        }
        PeerStep step = PeerMachine.on(peer, input, now);
        assertThat(PeerMachine.on(peer, input, now)).as("pure").isEqualTo(step);
        peer = step.peer();
        step.outputs().forEach(this::obey);
        check();
    }

    private void obey(PeerOutput output) {
        if (output instanceof PeerOutput.ArmRetry arm) {
            retryArmed = true;
            assertThat(arm.longest())
                    .isBetween(peer.pace().firstWait(), peer.pace().longestWait());
        } else if (output instanceof PeerOutput.DisarmRetry) {
            retryArmed = false;
        } else if (output instanceof PeerOutput.ForSession on) {
            obey(armed.get(on.side()), on.effect());
        }
    }

    private void obey(Set<SessionTimer> timers, SessionEffect effect) {
        if (effect instanceof SessionEffect.Arm arm) {
            timers.add(arm.timer());
            assertThat(arm.duration()).isPositive();
        } else if (effect instanceof SessionEffect.Disarm disarm) {
            timers.remove(disarm.timer());
        }
    }

    private void check() {
        int established = 0;
        for (Side side : Side.values()) {
            Session session = peer.session(side);
            if (session == null) {
                assertThat(armed.get(side))
                        .as("timers of no connection after %s", lately)
                        .isEmpty();
            } else {
                assertThat(session.phase()).isNotEqualTo(Phase.CLOSED);
                established += session.phase() == Phase.ESTABLISHED ? 1 : 0;
            }
        }
        assertThat(established).as("sessions after %s", lately).isLessThanOrEqualTo(1);
        assertThat(peer.establishedAt() != null)
                .as("since when, after %s", lately)
                .isEqualTo(established == 1);
        if (established == 1) {
            assertThat(peer.hasSession() && peer.outgoing() != null && peer.incoming() != null)
                    .as("a second connection after %s", lately)
                    .isFalse();
        }
        if (!peer.started()) {
            assertThat(peer.state()).isEqualTo(SessionState.IDLE);
            assertThat(retryArmed).as("a wait while stopped after %s", lately).isFalse();
        } else if (!peer.hasSession()) {
            assertThat(retryArmed)
                    .as("an active peer is about to try, after %s", lately)
                    .isEqualTo(!peer.settings().passive());
        }
    }

    private PeerInput input() {
        Side side = random.nextBoolean() ? Side.OUTGOING : Side.INCOMING;
        return switch (random.nextInt(24)) {
            case 0 -> Scenes.stop();
            case 1, 2 -> new PeerInput.Start();
            case 3 -> Scenes.reset();
            case 4 -> new PeerInput.Configure(SETTINGS.get(random.nextInt(SETTINGS.size())));
            case 5 -> expired();
            case 6 -> new PeerInput.ConnectFailed("connection refused");
            case 7, 8, 9, 10, 11 -> Scenes.connected(side);
            case 12, 13, 14, 15, 16 -> Scenes.opened(side, open());
            case 17, 18, 19, 20 -> Scenes.keptAlive(side);
            default ->
                new PeerInput.OnSession(
                        side,
                        FsmTable.EVENTS
                                .get(random.nextInt(FsmTable.EVENTS.size()))
                                .event());
        };
    }

    /** A wait that is over isn't armed any more. */
    private PeerInput expired() {
        retryArmed = false;
        boolean begins = peer.started() && !peer.hasSession();
        return begins || random.nextBoolean() ? new PeerInput.RetryExpired() : new PeerInput.Start();
    }

    private OpenMessage open() {
        RouterId identifier = switch (random.nextInt(3)) {
            case 0 -> Scenes.LOW;
            case 1 -> Scenes.HIGH;
            default -> peer.settings().routerId();
        };
        return Scenes.open(peer.settings(), identifier, random.nextInt(4) == 0 ? 0 : 9);
    }
}
