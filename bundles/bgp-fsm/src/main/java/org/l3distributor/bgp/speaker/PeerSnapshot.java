// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.RouterId;

/**
 * A peer at one moment.
 *
 * @param since when the state was entered
 * @param holdTime negotiated; null unless established
 * @param families negotiated; empty unless established
 * @param counters name to value, monotonic since the peer was configured: messages_received_open, ..._update,
 *     ..._notification, ..._keepalive, ..._route_refresh, messages_sent_..., bytes_received, bytes_sent,
 *     routes_received (announced to us, counted and dropped), updates_malformed, established_transitions,
 *     connect_attempts
 * @param announced routes written and not withdrawn
 * @param pending routes wanted for this peer and not yet written
 * @param lastError last NOTIFICATION sent or received or connection failure, in words; null when none
 */
public record PeerSnapshot(
        PeerSettings settings,
        SessionState state,
        Instant since,
        @Nullable IpAddress localAddress,
        @Nullable RouterId remoteRouterId,
        @Nullable Duration holdTime,
        @Nullable Duration keepalive,
        Set<AddressFamily> families,
        List<String> localCapabilities,
        List<String> remoteCapabilities,
        Map<String, Long> counters,
        long announced,
        long pending,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt) {
    public PeerSnapshot {
        families = Set.copyOf(families);
        localCapabilities = List.copyOf(localCapabilities);
        remoteCapabilities = List.copyOf(remoteCapabilities);
        counters = Map.copyOf(counters);
    }
}
