// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.PeerView;

@Snake
@Schema(name = "Peer", description = "One BGP peer at this moment; never a secret")
public record PeerBody(
        String id,
        String speaker,
        String peerIp,
        @Schema(nullable = true) @Nullable String localIp,
        long localAs,
        long remoteAs,
        String localRouterId,
        @Schema(nullable = true) @Nullable String remoteRouterId,

        @Schema(
                description = "The state of the session (RFC 4271 section 8.2.2)",
                allowableValues = {"Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"})
        String state,

        @Schema(description = "When it entered the state (RFC 3339, UTC)") @Nullable
        String since,

        @Schema(description = "False while it is held down") boolean enabled,

        @Schema(
                description = "Who holds it down; null while nobody does",
                allowableValues = {"operator", "profile"},
                nullable = true)
        @Nullable
        String disabledBy,

        boolean passive,

        @Schema(description = "True when the session is signed (RFC 2385)")
        boolean md5,

        @Schema(description = "GTSM (RFC 5082): hops allowed; null = off", nullable = true) @Nullable
        Integer ttlHops,

        @Schema(
                description = "How the peer is told what next hops can take (draft-ietf-idr-link-bandwidth)",
                allowableValues = {"none", "transitive", "non_transitive"})
        String linkBandwidth,

        @Schema(description = "Negotiated, in seconds; null while not established", nullable = true) @Nullable
        Double holdTime,

        @Schema(description = "In seconds; null while not established", nullable = true) @Nullable
        Double keepaliveInterval,

        List<String> families,
        List<String> localCapabilities,
        List<String> remoteCapabilities,

        @Schema(description = "Routes written to the peer and not withdrawn")
        long announced,

        @Schema(description = "Routes that wait for the session or the socket")
        long pending,

        Map<String, Long> counters,
        @Schema(nullable = true) @Nullable String lastError,
        @Schema(nullable = true) @Nullable String lastErrorAt,
        String description) {
    public static PeerBody of(PeerView v) {
        return new PeerBody(
                v.id().value(),
                v.speaker(),
                v.address().toString(),
                text(v.localAddress()),
                v.localAs().value(),
                v.remoteAs().value(),
                v.localRouterId().toString(),
                text(v.remoteRouterId()),
                v.state(),
                Moments.text(v.since()),
                v.enabled(),
                v.heldDown() == null ? null : v.heldDown().name().toLowerCase(Locale.ROOT),
                v.passive(),
                v.md5(),
                v.ttlHops(),
                v.linkBandwidth(),
                seconds(v.holdTime()),
                seconds(v.keepaliveInterval()),
                v.families(),
                v.localCapabilities(),
                v.remoteCapabilities(),
                v.announced(),
                v.pending(),
                new TreeMap<>(v.counters()),
                v.lastError(),
                Moments.text(v.lastErrorAt()),
                v.description());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
