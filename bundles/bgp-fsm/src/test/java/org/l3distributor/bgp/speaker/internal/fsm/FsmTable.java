// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.NOON;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.OPEN;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.after;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.connected;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.lost;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.opened;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.reset;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.started;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.stop;
import static org.l3distributor.bgp.speaker.internal.fsm.Scenes.stopped;

import java.util.List;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.RouterId;

/** Both machines as text: a row for each situation and event, made by asking the machines. */
final class FsmTable {
    /** An event of one connection, with its number in RFC 4271 section 8.1 or the RFC that brought it. */
    record Event(String rfc, String name, SessionEvent event) {}

    record Input(String rfc, String name, PeerInput input) {}

    private record Situation(String name, Session session) {}

    private record Scene(String name, Peer peer) {}

    private static final PeerSettings ANOTHER_AS = Settings.peer(64512, 64999, false, Settings.EBGP.families());

    static final List<Event> EVENTS = List.of(
            new Event("19/20", "OPEN", new SessionEvent.OpenReceived(OPEN)),
            new Event(
                    "19/20",
                    "OPEN, hold time 0",
                    new SessionEvent.OpenReceived(Scenes.open(Settings.EBGP, Scenes.LOW, 0))),
            new Event(
                    "22", "OPEN of another AS", new SessionEvent.OpenReceived(Scenes.open(ANOTHER_AS, Scenes.LOW, 9))),
            new Event("26", "KEEPALIVE", new SessionEvent.KeepaliveReceived()),
            new Event("27", "UPDATE", new SessionEvent.UpdateReceived()),
            new Event("R2918", "ROUTE-REFRESH", refresh(RouteRefreshMessage.REQUEST)),
            new Event("R7313", "ROUTE-REFRESH, mark", refresh(RouteRefreshMessage.BEGIN)),
            new Event("24", "NOTIFICATION 2/1", notification(BgpError.UNSUPPORTED_VERSION)),
            new Event("25", "NOTIFICATION 6/2", notification(BgpError.ADMINISTRATIVE_SHUTDOWN)),
            new Event("21", "header fault 1/2", fault(BgpError.BAD_MESSAGE_LENGTH, "0012")),
            new Event("22", "OPEN fault 2/1", fault(BgpError.UNSUPPORTED_VERSION, "0004")),
            new Event("28", "UPDATE fault 3/1", fault(BgpError.MALFORMED_ATTRIBUTE_LIST, "")),
            new Event("10", "HOLD expires", new SessionEvent.TimerExpired(SessionTimer.HOLD)),
            new Event("11", "KEEPALIVE expires", new SessionEvent.TimerExpired(SessionTimer.KEEPALIVE)),
            new Event("12", "DELAY_OPEN expires", new SessionEvent.TimerExpired(SessionTimer.DELAY_OPEN)),
            new Event("29", "SEND_HOLD expires", new SessionEvent.TimerExpired(SessionTimer.SEND_HOLD)),
            new Event("R9687", "the socket is full", new SessionEvent.SendBlocked()),
            new Event("R9687", "the socket takes bytes", new SessionEvent.SendResumed()),
            new Event("18", "connection lost", new SessionEvent.ConnectionLost("reset by peer")),
            new Event("2", "cease 6/2", cease(BgpError.ADMINISTRATIVE_SHUTDOWN)),
            new Event("8", "cease 6/4", cease(BgpError.ADMINISTRATIVE_RESET)),
            new Event("23", "cease 6/7", cease(BgpError.CONNECTION_COLLISION_RESOLUTION)));

    static final List<Input> INPUTS = List.of(
            new Input("1, 3-7", "start", new PeerInput.Start()),
            new Input("2", "stop", stop()),
            new Input("8, 3", "reset", reset()),
            new Input("", "configured active", new PeerInput.Configure(Settings.EBGP)),
            new Input("", "configured passive", new PeerInput.Configure(Settings.PASSIVE)),
            new Input("9, 13", "RETRY expires", new PeerInput.RetryExpired()),
            new Input("18", "connecting failed", new PeerInput.ConnectFailed("connection refused")),
            new Input("16", "outgoing connected", connected(Side.OUTGOING)),
            new Input("17", "incoming connected", connected(Side.INCOMING)),
            new Input("18", "outgoing lost", lost(Side.OUTGOING)),
            new Input("18", "incoming lost", lost(Side.INCOMING)));

    private static final String HEAD = """
            The machines of the BGP speaker, as they answer. Made by FsmTable of bundles/bgp-fsm, whose test compares it;
            don't edit. The first column is the number of the event in RFC 4271 section 8.1, or the RFC that brought it (29 is
            of RFC 9687); the third is the state after it, "-" where that stays.

            Attributes of section 8.1.1:
              DampPeerOscillations            on: RETRY is also the IdleHoldTimer; the shell shortens it by up to a quarter
              PassiveTcpEstablishment         by configuration of a peer
              DelayOpen                       in the machine, off in the product (5 s in this table)
              CollisionDetectEstablishedState off: a session that is established stays
              SendNOTIFICATIONwithoutOPEN     on: the reason is told also where our OPEN is still held back
              TrackTcpState                   off: events 14 and 15 don't occur; strangers are closed before a peer is found
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private FsmTable() {}

    static String print() {
        FsmTable table = new FsmTable();
        table.text.append("\n\nPART 1: A PEER (Idle, Connect, Active, and what it does beside its connections)\n");
        scenes().forEach(table::scene);
        table.text.append("\n\nPART 2: ONE CONNECTION\n");
        situations().forEach(table::situation);
        table.text.append(
                "\n\nPART 3: TWO CONNECTIONS (section 6.8, RFC 6286), both opened; we are 192.0.2.2 in AS 64512\n");
        table.collisions();
        return table.text.toString();
    }

    private static List<Scene> scenes() {
        Peer active = started(Settings.EBGP);
        Peer failed = after(active, NOON, new PeerInput.ConnectFailed("connection refused"));
        Peer sent = after(active, NOON, connected(Side.OUTGOING));
        return List.of(
                new Scene("Idle, stopped", stopped(Settings.EBGP)),
                new Scene("Idle, held back after a session", after(running(Side.OUTGOING), NOON, lost(Side.OUTGOING))),
                new Scene("Connect", active),
                new Scene("Active, after a failure", failed),
                new Scene("Active, passive", started(Settings.PASSIVE)),
                new Scene("OpenSent, on the outgoing connection", sent),
                new Scene("OpenSent, on the incoming connection", after(failed, NOON, connected(Side.INCOMING))),
                new Scene("OpenSent, on both connections", after(sent, NOON, connected(Side.INCOMING))),
                new Scene(
                        "OpenConfirm, on the incoming connection",
                        after(failed, NOON, connected(Side.INCOMING), opened(Side.INCOMING, OPEN))),
                new Scene("Established, at this moment, on the incoming connection", running(Side.INCOMING)));
    }

    private static Peer running(Side side) {
        return Scenes.running(Settings.EBGP, side);
    }

    private void scene(Scene scene) {
        text.append('\n').append(scene.name).append('\n');
        for (Input input : INPUTS) {
            PeerStep step = PeerMachine.on(scene.peer, input.input, NOON);
            SessionState before = scene.peer.state();
            SessionState after = step.peer().state();
            row(input.rfc, input.name, before == after ? "-" : after.rfcName(), Words.of(step));
        }
    }

    private static List<Situation> situations() {
        return List.of(
                new Situation("Connect, our OPEN held back (DelayOpen)", Scenes.delayed()),
                new Situation("OpenSent", Scenes.openSent()),
                new Situation("OpenConfirm", Scenes.openConfirm(OPEN)),
                new Situation("Established", Scenes.established(OPEN)),
                new Situation(
                        "Established without a hold time",
                        Scenes.established(Scenes.open(Settings.EBGP, Scenes.LOW, 0))),
                new Situation(
                        "Closed",
                        SessionMachine.on(Scenes.openSent(), cease(BgpError.ADMINISTRATIVE_RESET))
                                .session()));
    }

    private void situation(Situation situation) {
        text.append('\n').append(situation.name).append('\n');
        for (Event event : EVENTS) {
            SessionStep step = SessionMachine.on(situation.session, event.event);
            Phase before = situation.session.phase();
            Phase after = step.session().phase();
            row(event.rfc, event.name, before == after ? "-" : name(after), Words.ofEffects(step.effects()));
        }
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case DELAY_OPEN -> "Connect";
            case OPEN_SENT -> "OpenSent";
            case OPEN_CONFIRM -> "OpenConfirm";
            case ESTABLISHED -> "Established";
            case CLOSED -> "Closed";
        };
    }

    private void collisions() {
        for (Side first : Side.values()) {
            text.append("\nthe OPEN on the ")
                    .append(Words.name(first))
                    .append(" connection comes first, then the other\n");
            collision("peer is 192.0.2.1", first, Settings.EBGP, "192.0.2.1");
            collision("peer is 192.0.2.3", first, Settings.EBGP, "192.0.2.3");
            collision("peer is 192.0.2.2, AS 65000", first, Settings.EBGP, "192.0.2.2");
            collision(
                    "peer is 192.0.2.2, AS 64000",
                    first,
                    Settings.peer(64512, 64000, false, Settings.EBGP.families()),
                    "192.0.2.2");
        }
    }

    private void collision(String name, Side first, PeerSettings settings, String identifier) {
        OpenMessage open = Scenes.open(settings, RouterId.parse(identifier), 9);
        Peer both =
                after(started(settings), NOON, connected(Side.OUTGOING), connected(Side.INCOMING), opened(first, open));
        PeerStep step = PeerMachine.on(both, opened(first.other(), open), NOON);
        row("19, 23", name, "-", Words.of(step));
    }

    private void row(String rfc, String name, String state, List<String> effects) {
        String what = effects.isEmpty() ? "nothing" : String.join("; ", effects);
        text.append(String.format("  %-7s %-28s %-12s %s\n", rfc, name, state, what));
    }

    private static SessionEvent refresh(int subtype) {
        return new SessionEvent.RefreshReceived(new RouteRefreshMessage(AfiSafi.IPV4_UNICAST, subtype));
    }

    private static SessionEvent notification(BgpError error) {
        return new SessionEvent.NotificationReceived(NotificationMessage.of(error));
    }

    private static SessionEvent fault(BgpError error, String data) {
        return new SessionEvent.FaultReceived(ProtocolError.of(error, Octets.ofHex(data), "as the test says"));
    }

    private static SessionEvent cease(BgpError error) {
        return new SessionEvent.Cease(NotificationMessage.of(error), "as the test says");
    }
}
