// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.speaker.internal.Settings;

/** What the table doesn't say by itself; the whole of it is in FsmTableTest. */
class SessionMachineTest {
    private static List<Session> open() {
        return List.of(
                Scenes.delayed(), Scenes.openSent(), Scenes.openConfirm(Scenes.OPEN), Scenes.established(Scenes.OPEN));
    }

    private static SessionEffect.Ended ended(SessionStep step) {
        SessionEffect last = step.effects().get(step.effects().size() - 1);
        assertThat(last).isInstanceOf(SessionEffect.Ended.class);
        return (SessionEffect.Ended) last;
    }

    private static Stream<NotificationMessage> said(SessionStep step) {
        return step.effects().stream()
                .filter(SessionEffect.Send.class::isInstance)
                .map(effect -> ((SessionEffect.Send) effect).message())
                .filter(NotificationMessage.class::isInstance)
                .map(NotificationMessage.class::cast);
    }

    @Test
    void everyEnd_inEveryState_disarmsAllTimersThenClosesThenTellsOnce() {
        for (Session session : open()) {
            for (FsmTable.Event event : FsmTable.EVENTS) {
                SessionStep step = SessionMachine.on(session, event.event());
                if (step.session().phase() == Phase.CLOSED) {
                    ended(step);
                    assertThat(Words.ofEffects(step.effects()))
                            .as("%s in %s", event.name(), session.phase())
                            .endsWith("disarm all", "close", "ended")
                            .containsOnlyOnce("ended");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault_inEveryState_isAnsweredWithItsOwnCodeSubcodeAndData(BgpError error) {
        Octets data = Octets.ofHex("c0ffee");
        for (Session session : open()) {
            SessionStep step =
                    SessionMachine.on(session, new SessionEvent.FaultReceived(ProtocolError.of(error, data, "why")));
            assertThat(said(step)).containsExactly(NotificationMessage.of(error, data));
            assertThat(ended(step).sent()).isEqualTo(NotificationMessage.of(error, data));
            assertThat(ended(step).reason())
                    .isEqualTo("sent %s: why", ended(step).sent().describe());
        }
    }

    @Test
    void receivedNotification_isNeverAnswered_andItsWordsAreTold() {
        NotificationMessage notification = NotificationMessage.administrativeShutdown("line card swap");
        for (Session session : open()) {
            SessionStep step = SessionMachine.on(session, new SessionEvent.NotificationReceived(notification));
            assertThat(said(step)).isEmpty();
            assertThat(ended(step).received()).isEqualTo(notification);
            assertThat(ended(step).reason())
                    .isEqualTo("received Cease/Administrative Shutdown (6/2): \"line card swap\"");
        }
    }

    @Test
    void lostConnection_tellsNobodyAnything() {
        SessionStep step =
                SessionMachine.on(Scenes.established(Scenes.OPEN), new SessionEvent.ConnectionLost("reset by peer"));
        assertThat(said(step)).isEmpty();
        assertThat(ended(step)).isEqualTo(new SessionEffect.Ended(null, null, "reset by peer"));
    }

    @Test
    void openWithTheRouterIdOfAnInternalPeer_isRefusedWithBadIdentifier() {
        SessionStep step = SessionMachine.on(
                Scenes.openSent(Settings.IBGP),
                new SessionEvent.OpenReceived(Scenes.open(Settings.IBGP, Settings.IBGP.routerId(), 9)));
        assertThat(said(step)).containsExactly(NotificationMessage.of(BgpError.BAD_BGP_IDENTIFIER));
    }

    @Test
    void delayOpen_waitsAndThenSendsTheOpen() {
        SessionStep connected = SessionMachine.connected(Settings.EBGP, Scenes.delaying());
        assertThat(Words.ofEffects(connected.effects())).containsExactly("arm DELAY_OPEN 5s");
        SessionStep sent =
                SessionMachine.on(connected.session(), new SessionEvent.TimerExpired(SessionTimer.DELAY_OPEN));
        assertThat(sent.effects())
                .startsWith(new SessionEffect.Send(OpenRules.local(Settings.EBGP)))
                .endsWith(new SessionEffect.Arm(SessionTimer.HOLD, Duration.ofMinutes(4)));
    }

    @Test
    void noDelayOpen_sendsTheOpenAtOnce() {
        assertThat(Words.ofEffects(SessionMachine.connected(Settings.EBGP, Peer.Pace.DEFAULT)
                        .effects()))
                .containsExactly("send OPEN", "arm HOLD 240s");
    }

    @Test
    void openThatComesWhileOursIsHeldBack_isAnsweredWithOurOpenFirst() {
        SessionStep step = SessionMachine.on(Scenes.delayed(), new SessionEvent.OpenReceived(Scenes.OPEN));
        assertThat(step.session().phase()).isEqualTo(Phase.OPEN_CONFIRM);
        assertThat(Words.ofEffects(step.effects())).containsSubsequence("send OPEN", "agreed", "send KEEPALIVE");
    }

    @Test
    void sendHold_isTwiceTheHoldTimeAndEightMinutesAtLeast() {
        assertThat(Peer.Pace.DEFAULT.sendHold(Duration.ofSeconds(9))).isEqualTo(Duration.ofMinutes(8));
        assertThat(Peer.Pace.DEFAULT.sendHold(Duration.ofSeconds(240))).isEqualTo(Duration.ofMinutes(8));
        assertThat(Peer.Pace.DEFAULT.sendHold(Duration.ofSeconds(241))).isEqualTo(Duration.ofSeconds(482));
    }

    @Test
    void refreshOfAnUnknownSubtype_isIgnored() {
        SessionStep step = SessionMachine.on(
                Scenes.established(Scenes.OPEN),
                new SessionEvent.RefreshReceived(new RouteRefreshMessage(AfiSafi.IPV6_UNICAST, 77)));
        assertThat(Words.ofEffects(step.effects())).containsExactly("arm HOLD 9s");
    }
}
