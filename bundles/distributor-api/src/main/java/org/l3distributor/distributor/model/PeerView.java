// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/**
 * The looking glass's view of one BGP peer at one moment. Never a secret.
 *
 * @param speaker name of the speaker section it belongs to
 * @param state FSM state in RFC 4271's words: Idle, Connect, Active, OpenSent, OpenConfirm, Established
 * @param heldDown who holds it down; null while nobody does
 * @param linkBandwidth how the peer is told what next hops can take, in the profile's words: none, transitive, non_transitive
 * @param since when it entered the state
 * @param holdTime negotiated hold time, null while not established; zero = no keepalives
 * @param localCapabilities what we offered, in words; empty while no OPEN was sent
 * @param remoteCapabilities what the peer offered, in words
 * @param counters name to value: messages, bytes, routes received and dropped, flaps; names as in the metrics
 * @param announced number of routes written to the peer and not withdrawn
 * @param pending number of routes that wait for the session or the socket
 * @param lastError the last NOTIFICATION or connection failure, in words, null when there was none
 */
public record PeerView(
        PeerId id,
        String speaker,
        IpAddress address,
        @Nullable IpAddress localAddress,
        AsNumber localAs,
        AsNumber remoteAs,
        RouterId localRouterId,
        @Nullable RouterId remoteRouterId,
        String state,
        @Nullable HeldDown heldDown,
        boolean passive,
        boolean md5,
        @Nullable Integer ttlHops,
        String linkBandwidth,
        Instant since,
        @Nullable Duration holdTime,
        @Nullable Duration keepaliveInterval,
        List<String> families,
        List<String> localCapabilities,
        List<String> remoteCapabilities,
        Map<String, Long> counters,
        long announced,
        long pending,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        String description) {
    public PeerView {
        families = List.copyOf(families);
        localCapabilities = List.copyOf(localCapabilities);
        remoteCapabilities = List.copyOf(remoteCapabilities);
        counters = Map.copyOf(counters);
    }

    /** Who holds a peer down, in words for an operator. */
    public enum HeldDown {
        OPERATOR("disabled by an operator"),
        PROFILE("disabled by the profile");

        private final String words;

        HeldDown(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public boolean enabled() {
        return heldDown == null;
    }
}
