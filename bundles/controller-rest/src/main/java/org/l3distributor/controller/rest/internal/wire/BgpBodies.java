// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;

/** The BGP peer profile. No password is ever in it. */
public final class BgpBodies {
    private BgpBodies() {}

    @Snake
    @Schema(name = "BgpSpeaker")
    public record SpeakerBody(
            String id,

            @Schema(description = "The name of its section in an amphora's file")
            String name,

            String description,

            @Schema(description = "4 or 6: that of its sessions' transport")
            int ipVersion,

            long localAs,

            @Schema(description = "What may be announced at all; empty: anything")
            List<String> allowedVipPrefixes,

            List<IdBody> peers,

            @Schema(description = "Which run it") List<IdBody> amphorae) {
        public static SpeakerBody of(BgpSpeakerView view) {
            BgpSpeaker one = view.speaker();
            String description = one.description();
            return new SpeakerBody(
                    one.id(),
                    one.name(),
                    description == null ? "" : description,
                    one.transport().ipVersion(),
                    one.localAs().value(),
                    one.allowedVipPrefixes().stream().map(Object::toString).toList(),
                    IdBody.of(view.peers().stream().map(BgpPeer::id).toList()),
                    IdBody.of(view.amphoraIds()));
        }
    }

    @Snake
    @Schema(name = "BgpPeer")
    public record PeerBody(
            String id,

            @Schema(description = "The name of its section in an amphora's file")
            String name,

            String description,
            String peerIp,
            long remoteAs,

            @Schema(
                    nullable = true,
                    allowableValues = {"md5"},
                    description = "The password is the controller's configuration")
            @Nullable
            String authType,

            @Schema(nullable = true, description = "1..254, TTL security (RFC 5082); null: none") @Nullable
            Integer ttlHops,

            @Schema(nullable = true, description = "Seconds; null: the amphora's default") @Nullable
            Integer holdTime,

            @Schema(nullable = true, description = "Seconds; null: a third of the hold time") @Nullable
            Integer keepaliveInterval,

            @Schema(description = "ipv4, ipv6; empty: as the number of an amphora's speakers says")
            List<String> families,

            @Schema(description = "Takes several next hops for one VIP from one speaker (RFC 7911)")
            boolean addPath,

            @Schema(description = "Wait for the peer to connect")
            boolean passive,

            boolean enabled) {
        public static PeerBody of(BgpPeer one) {
            String description = one.description();
            return new PeerBody(
                    one.id(),
                    one.name(),
                    description == null ? "" : description,
                    one.peerIp().toString(),
                    one.remoteAs().value(),
                    one.authType(),
                    one.ttlHops(),
                    one.holdTime(),
                    one.keepaliveInterval(),
                    one.families().stream().map(f -> "ipv" + f.ipVersion()).toList(),
                    one.addPath(),
                    one.passive(),
                    one.enabled());
        }
    }
}
