// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import java.net.SocketAddress;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that this bundle writes: one line a fact, fixed first words. No line ever holds a secret. */
final class SpeakerLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.bgp");

    private SpeakerLog() {}

    static void state(PeerSettings peer, SessionState from, SessionState to, String reason) {
        if (to == SessionState.ESTABLISHED || from == SessionState.ESTABLISHED) {
            LOG.info("peer={} address={} state={}->{} reason={}", peer.id(), peer.address(), from, to, reason);
        } else {
            LOG.debug("peer={} address={} state={}->{} reason={}", peer.id(), peer.address(), from, to, reason);
        }
    }

    static void failed(PeerSettings peer, String reason) {
        LOG.warn("peer={} address={} session error: {}", peer.id(), peer.address(), reason);
    }

    static void malformed(PeerSettings peer, String treatment, String reason) {
        LOG.warn(
                "peer={} address={} malformed UPDATE treatment={} reason={}; more of this session are only counted",
                peer.id(),
                peer.address(),
                treatment,
                reason);
    }

    static void stranger(SocketAddress address) {
        LOG.info("listener closed a connection from {}: no such peer", address);
    }

    static void listening(int port, Object family) {
        LOG.info("listener family={} port={}", family, port);
    }

    static void cannotListen(int port, Object family, Throwable cause) {
        LOG.error("listener family={} port={} failed: {}", family, port, cause.toString());
    }

    static void listenerLost(Object family, Throwable cause) {
        LOG.error("listener family={} closed, its protection could not be set: {}", family, cause.toString());
    }

    static void configured(int peers, int added, int changed, int removed) {
        LOG.info("configuration peers={} added={} changed={} removed={}", peers, added, changed, removed);
    }

    static void ownerLeft(String owner, long graceSeconds) {
        LOG.info("owner={} left, its routes are kept for {} s", owner, graceSeconds);
    }

    static void ownerGone(String owner, int routes) {
        LOG.warn("owner={} did not come back, withdrawing its {} routes", owner, routes);
    }

    static void bug(String where, Throwable cause) {
        LOG.error("unexpected in {}", where, cause);
    }
}
