// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.RouterId;

/** Sessions and peers as the tests need them, brought there by the machines themselves. */
final class Scenes {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration DELAY = Duration.ofSeconds(5);
    /** The peer's identifier, lower than ours. */
    static final RouterId LOW = RouterId.parse("192.0.2.1");

    static final RouterId HIGH = RouterId.parse("192.0.2.3");
    /** Both families, 9 s, all capabilities. */
    static final OpenMessage OPEN = open(Settings.EBGP, LOW, 9);

    static final NotificationMessage SHUTDOWN = NotificationMessage.administrativeShutdown("");

    private Scenes() {}

    /** The OPEN of the peer that is configured. */
    static OpenMessage open(PeerSettings settings, RouterId identifier, int hold) {
        return OpenMessage.of(
                settings.remoteAs(),
                hold,
                identifier,
                List.of(
                        new Capability.Multiprotocol(AfiSafi.IPV4_UNICAST),
                        new Capability.Multiprotocol(AfiSafi.IPV6_UNICAST),
                        new Capability.RouteRefresh(),
                        new Capability.EnhancedRouteRefresh(),
                        new Capability.ExtendedMessage(),
                        new Capability.FourOctetAs(settings.remoteAs())));
    }

    /** The usual pace, but with OPENs held back. */
    static Peer.Pace delaying() {
        Peer.Pace usual = Peer.Pace.DEFAULT;
        return new Peer.Pace(
                usual.firstWait(), usual.longestWait(), usual.connectRetry(), DELAY, usual.stable(), usual.sendHold());
    }

    static Session delayed() {
        return SessionMachine.connected(Settings.EBGP, delaying()).session();
    }

    static Session openSent(PeerSettings settings) {
        return SessionMachine.connected(settings, Peer.Pace.DEFAULT).session();
    }

    static Session openSent() {
        return openSent(Settings.EBGP);
    }

    static Session openConfirm(OpenMessage open) {
        return SessionMachine.on(openSent(), new SessionEvent.OpenReceived(open))
                .session();
    }

    static Session established(OpenMessage open) {
        return SessionMachine.on(openConfirm(open), new SessionEvent.KeepaliveReceived())
                .session();
    }

    static Peer after(Peer peer, Instant now, PeerInput... inputs) {
        Peer at = peer;
        for (PeerInput input : inputs) {
            at = PeerMachine.on(at, input, now).peer();
        }
        return at;
    }

    static Peer stopped(PeerSettings settings) {
        return Peer.idle(settings, Peer.Pace.DEFAULT);
    }

    static Peer started(PeerSettings settings) {
        return after(stopped(settings), NOON, new PeerInput.Start());
    }

    static PeerInput connected(Side side) {
        return new PeerInput.Connected(side);
    }

    static PeerInput opened(Side side, OpenMessage open) {
        return new PeerInput.OnSession(side, new SessionEvent.OpenReceived(open));
    }

    static PeerInput keptAlive(Side side) {
        return new PeerInput.OnSession(side, new SessionEvent.KeepaliveReceived());
    }

    static PeerInput lost(Side side) {
        return new PeerInput.OnSession(side, new SessionEvent.ConnectionLost("reset by peer"));
    }

    static PeerInput stop() {
        return new PeerInput.Stop(SHUTDOWN, "disabled");
    }

    static PeerInput reset() {
        return new PeerInput.Reset(NotificationMessage.administrativeReset(""), "cleared");
    }

    /** A peer with a session that was established at noon. */
    static Peer running(PeerSettings settings, Side side) {
        return after(started(settings), NOON, connected(side), opened(side, open(settings, LOW, 9)), keptAlive(side));
    }
}
