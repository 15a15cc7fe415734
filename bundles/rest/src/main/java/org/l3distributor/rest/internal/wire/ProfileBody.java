// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.IpPrefix;

/** The profile in JSON: the keys of the file's sections, the peers inside their speaker, and no password ever. */
public final class ProfileBody {
    private ProfileBody() {}

    @Schema(name = "Profile", description = "The BGP profile")
    public record Request(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            List<Speaker> speakers) {}

    @Schema(name = "ProfileInForce", description = "The profile in force, where it is from, and what is wrong")
    public record InForce(
            @Schema(description = "config drive, pushed, run-time override, or none")
            String origin,

            List<Speaker> speakers,

            @Schema(description = "What is wrong with the newest profile that could not be taken")
            List<Fault> faults) {
        public static InForce of(String origin, BgpProfile profile, List<ProfileFault> faults) {
            return new InForce(
                    origin,
                    profile.speakers().stream().map(Speaker::of).toList(),
                    faults.stream().map(Fault::of).toList());
        }
    }

    @Snake
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SpeakerProfile", description = "A [l3_bgp_speaker] section")
    public record Speaker(
            @Schema(description = "default = the section without a name")
            String name,

            @Nullable String id,

            @Schema(description = "IP version of the BGP sessions, 4 or 6")
            int ipVersion,

            @Schema(description = "1..4294967295, not 23456")
            long localAs,

            @Schema(description = "Four octets; left out = derived") @Nullable
            String routerId,

            @Schema(description = "combined, distributor or lb") @Nullable
            String serviceType,

            @Schema(description = "What may be announced at all; empty = no bound")
            List<String> allowedVipPrefixes,

            List<Peer> peers) {
        static Speaker of(SpeakerProfile s) {
            return new Speaker(
                    s.name(),
                    s.id(),
                    s.transport().ipVersion(),
                    s.localAs().value(),
                    s.routerId() == null ? null : s.routerId().toString(),
                    s.serviceType(),
                    s.allowedVipPrefixes().stream().map(IpPrefix::toString).toList(),
                    s.peers().stream().map(Peer::of).toList());
        }
    }

    @Snake
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PeerProfile", description = "A [l3_bgp_peer:NAME] section")
    public record Peer(
            String name,
            @Schema(description = "Left out = the name") String id,
            String peerIp,

            @Schema(description = "1..4294967295, not 23456")
            long remoteAs,

            @Schema(description = "Signed (RFC 2385) with the password of the agent's configuration file")
            @JsonProperty("md5")
            boolean md5,

            @Schema(description = "GTSM (RFC 5082): 1..254; left out = off") @Nullable
            Integer ttlHops,

            @Schema(description = "Seconds: 0 or 3..65535") long holdTime,

            @Schema(description = "Seconds; left out = a third of hold_time")
            long keepaliveInterval,

            @Schema(description = "ipv4, ipv6; left out = decided by the speakers")
            List<String> families,

            @Schema(description = "Never connect; wait for the peer to do it")
            boolean passive,

            boolean enabled,

            @Schema(
                    description = "Whether and how the peer is told what each next hop can take; left out = none",
                    allowableValues = {"none", "transitive", "non_transitive"})
            String linkBandwidth,

            String description) {
        static Peer of(PeerProfile p) {
            return new Peer(
                    p.name(),
                    p.id().value(),
                    p.peerIp().toString(),
                    p.remoteAs().value(),
                    p.md5Password() != null,
                    p.ttlHops(),
                    p.holdTime().toSeconds(),
                    p.keepaliveInterval().toSeconds(),
                    p.families().stream()
                            .map(f -> f.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList(),
                    p.passive(),
                    p.enabled(),
                    p.linkBandwidth().word(),
                    p.description());
        }
    }

    @Schema(name = "ProfileFault", description = "One broken rule of a profile")
    public record Fault(
            String origin,
            String section,
            String key,
            @Schema(nullable = true) @Nullable String value,
            String rule) {
        public static Fault of(ProfileFault fault) {
            return new Fault(fault.origin(), fault.section(), fault.key(), fault.value(), fault.rule());
        }
    }
}
