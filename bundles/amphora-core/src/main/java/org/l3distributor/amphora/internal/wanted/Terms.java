// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** What the profile in force and this host allow to be registered. */
public final class Terms {
    private final boolean profileKnown;
    private final String missing;
    private final TreeMap<PeerId, SpeakerProfile> speakers = new TreeMap<>();
    private final Map<PeerId, PeerProfile> peers = new HashMap<>();
    private final Map<IpAddress, PeerId> peerAddresses = new HashMap<>();
    private final Set<IpAddress> own;
    private final List<IpPrefix> management;
    private final boolean bounded;
    private final boolean weighing;

    public Terms(@Nullable BgpProfile profile, Host host) {
        this(profile, List.of(), host);
    }

    /** @param faults why there is no profile, or no newer one */
    public Terms(@Nullable BgpProfile profile, List<ProfileFault> faults, Host host) {
        profileKnown = profile != null;
        missing = missing(faults);
        for (SpeakerProfile speaker : profile == null ? List.<SpeakerProfile>of() : profile.speakers()) {
            for (PeerProfile peer : speaker.peers()) {
                speakers.put(peer.id(), speaker);
                peers.put(peer.id(), peer);
                peerAddresses.put(peer.peerIp(), peer.id());
            }
        }
        own = new HashSet<>(host.own());
        management = host.management();
        weighing = peers.values().stream().anyMatch(p -> p.linkBandwidth() != LinkBandwidth.NONE);
        bounded =
                speakers.values().stream().anyMatch(s -> !s.allowedVipPrefixes().isEmpty());
    }

    /** False until there is a good profile: then nothing can be registered. */
    public boolean profileKnown() {
        return profileKnown;
    }

    /** Why nothing can be registered while no profile is known. */
    public String missing() {
        return missing;
    }

    private static String missing(List<ProfileFault> faults) {
        String none = "there is no valid BGP profile yet";
        return faults.isEmpty()
                ? none
                : none + ": " + faults.get(0)
                        + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more: ask for the profile)");
    }

    /** The configured peers that a registration is meant for, in order. */
    public List<PeerId> targets(Registration row) {
        PeerId peer = row.peer();
        return peer == null ? List.copyOf(speakers.keySet()) : speakers.containsKey(peer) ? List.of(peer) : List.of();
    }

    public boolean knows(PeerId peer) {
        return speakers.containsKey(peer);
    }

    /** True when some speaker's {@code allowed_vip_prefixes} bounds what may be announced. */
    public boolean isBounded() {
        return bounded;
    }

    /** True when some peer is told how much each next hop can take. */
    public boolean isWeighing() {
        return weighing;
    }

    /** Whether the peer's speaker may announce the VIP at all. */
    public boolean allows(PeerId peer, IpAddress vip) {
        SpeakerProfile speaker = speakers.get(peer);
        return speaker == null || allows(speaker, vip);
    }

    private static boolean allows(SpeakerProfile speaker, IpAddress vip) {
        List<IpPrefix> allowed = speaker.allowedVipPrefixes();
        return allowed.isEmpty() || allowed.stream().anyMatch(p -> p.contains(vip));
    }

    /** Every rule that a registration breaks whatever else is registered; empty when none. */
    public List<Refusal> check(Registration row, String path) {
        List<Refusal> refusals = new ArrayList<>();
        String vip = row.vip().toString();
        String vipRule = vipRule(row.vip());
        if (vipRule != null) {
            refusals.add(Refusal.invalid(path + "vip_ip", vip, vipRule));
        }
        String hopRule = nextHopRule(row);
        if (hopRule != null) {
            refusals.add(Refusal.invalid(path + "nexthop_ip", row.nextHop().toString(), hopRule));
        }
        PeerId peer = row.peer();
        if (peer != null && !speakers.containsKey(peer)) {
            refusals.add(Refusal.invalid(path + "peer_id", peer.value(), "is no configured peer; " + knownPeers()));
        } else if (vipRule == null && targets(row).stream().noneMatch(p -> allows(p, row.vip()))) {
            refusals.add(Refusal.invalid(path + "vip_ip", vip, boundRule()));
        } else if (vipRule == null && targets(row).stream().noneMatch(p -> carries(p, row.vip()))) {
            refusals.add(Refusal.invalid(path + "vip_ip", vip, familyRule(row)));
        }
        return refusals;
    }

    private @Nullable String vipRule(IpAddress vip) {
        String unicast = unicastRule(vip);
        if (unicast != null) {
            return unicast;
        }
        PeerId peer = peerAddresses.get(vip);
        if (peer != null) {
            return "must not be the address of a peer (" + peer + ")";
        }
        if (own.contains(vip)) {
            return "must not be an address of this host";
        }
        for (IpPrefix prefix : management) {
            if (prefix.contains(vip)) {
                return "must not lie in the management network " + prefix;
            }
        }
        return null;
    }

    private boolean carries(PeerId peer, IpAddress vip) {
        PeerProfile profile = peers.get(peer);
        return profile != null && profile.families().contains(vip.family());
    }

    private String familyRule(Registration row) {
        int version = row.vip().family().ipVersion();
        return "can't be announced: " + (row.peer() == null ? "no configured peer carries" : "this peer doesn't carry")
                + " IPv" + version + " routes (families in the profile)";
    }

    private @Nullable String nextHopRule(Registration row) {
        if (row.nextHop().equals(row.vip())) {
            return "must be another address than the VIP";
        }
        if (row.nextHop().family() != row.vip().family()) {
            return "must be of the VIP's address family";
        }
        PeerId peer = peerAddresses.get(row.nextHop());
        if (peer != null && (row.peer() == null || row.peer().equals(peer))) {
            return "must not be the address of the peer that is told of it (" + peer + "; RFC 4271 section 5.1.3)";
        }
        return unicastRule(row.nextHop());
    }

    private static @Nullable String unicastRule(IpAddress a) {
        boolean routable = !(a.isUnspecified()
                || a.isLoopback()
                || a.isMulticast()
                || a.isLinkLocal()
                || a.isBroadcast()
                || a.isIpv4Mapped());
        return routable ? null : "must be a routable unicast address";
    }

    private String knownPeers() {
        return speakers.isEmpty()
                ? "there are none"
                : "known: " + speakers.keySet().stream().map(PeerId::value).collect(Collectors.joining(", "));
    }

    private String boundRule() {
        return speakers.isEmpty()
                ? "can't be announced: no peer is configured"
                : "must lie in allowed_vip_prefixes: "
                        + speakers.values().stream()
                                .flatMap(s -> s.allowedVipPrefixes().stream())
                                .distinct()
                                .map(IpPrefix::toString)
                                .collect(Collectors.joining(", "));
    }
}
