// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/** The rules of the BGP peer profile. Pure; the same for a file and for a request. */
public final class ProfileRules {
    private static final List<String> TITLES = List.of(ProfileKeys.SPEAKER, ProfileKeys.PEER);

    private final String origin;
    private final List<ProfileFault> faults = new ArrayList<>();
    private final List<SpeakerRules> speakers = new ArrayList<>();
    private final List<PeerRules> peers = new ArrayList<>();

    private ProfileRules(String origin) {
        this.origin = origin;
    }

    /** Checks a draft and says every broken rule at once. A profile has at least one speaker. */
    public static CheckedProfile check(ProfileDraft draft) {
        ProfileRules rules = new ProfileRules(draft.origin());
        rules.readSections(draft.sections());
        rules.checkSpeakers();
        rules.checkPeers();
        return rules.faults.isEmpty()
                ? new CheckedProfile(rules.profile(), List.of())
                : new CheckedProfile(null, rules.faults);
    }

    /**
     * True when a section of the agent's file is meant for the profile, be it misspelt: what begins with "l3" or "bgp".
     * None of Octavia's own sections does. [l3_distributor] is the agent's own, and no part of the profile.
     */
    public static boolean concerns(String title) {
        String word = title.strip().toLowerCase(Locale.ROOT);
        return (word.startsWith("l3") || word.startsWith("bgp")) && !title.equals("l3_distributor");
    }

    /** True when the value of this key must never be shown. */
    public static boolean isSecret(String key) {
        return ProfileKeys.isSecret(key);
    }

    private void readSections(List<ProfileDraft.Section> sections) {
        Set<String> seen = new HashSet<>();
        for (ProfileDraft.Section section : sections) {
            String title = section.title();
            int colon = title.indexOf(':');
            String kind = colon < 0 ? title : title.substring(0, colon);
            String name = colon < 0 ? "default" : title.substring(colon + 1);
            if (!seen.add(title)) {
                fault(title, "there is such a section already");
            } else if (kind.equals(ProfileKeys.SPEAKER) && named(title, name)) {
                speakers.add(SpeakerRules.read(reader(section, name, ProfileKeys.OF_SPEAKER)));
            } else if (kind.equals(ProfileKeys.PEER) && colon < 0) {
                fault(title, "a peer section has a name: [l3_bgp_peer:NAME]");
            } else if (kind.equals(ProfileKeys.PEER) && named(title, name)) {
                peers.add(PeerRules.read(reader(section, name, ProfileKeys.OF_PEER)));
            } else if (!TITLES.contains(kind)) {
                String meant = ProfileKeys.nearest(kind, TITLES);
                fault(
                        title,
                        "is not a section of the profile"
                                + (meant == null
                                        ? "; these are [l3_bgp_speaker], [l3_bgp_speaker:NAME] and [l3_bgp_peer:NAME]"
                                        : "; did you mean " + meant + "?"));
            }
        }
        if (speakers.isEmpty()) {
            fault("", "there is no usable [l3_bgp_speaker] section; nothing is announced without one");
        }
    }

    private SectionReader reader(ProfileDraft.Section section, String name, List<String> keys) {
        return new SectionReader(origin, section, name, keys, faults);
    }

    private boolean named(String title, String name) {
        try {
            new PeerId(name);
            return true;
        } catch (IllegalArgumentException e) {
            fault(title, "the name after the ':' " + SpeakerRules.ID_RULE);
            return false;
        }
    }

    private void checkSpeakers() {
        unique(speakers, s -> s.section().name(), SpeakerRules::section, "", "a speaker of this name");
        unique(speakers, SpeakerRules::id, SpeakerRules::section, ProfileKeys.ID, "a speaker with this id");
        unique(
                speakers,
                SpeakerRules::transport,
                SpeakerRules::section,
                ProfileKeys.IP_VERSION,
                "a speaker of this IP version");
        Map<String, String> takenBy = new HashMap<>();
        for (SpeakerRules speaker : speakers) {
            for (String name : speaker.peerNames()) {
                String other = takenBy.putIfAbsent(name, speaker.section().title());
                if (other != null) {
                    speaker.section()
                            .fault(
                                    ProfileKeys.PEERS,
                                    "peer " + Shown.text(name) + " belongs to [" + other + "] already");
                } else if (peers.stream().noneMatch(p -> p.section().name().equals(name))) {
                    speaker.section()
                            .fault(
                                    ProfileKeys.PEERS,
                                    "there is no usable section [l3_bgp_peer:" + Shown.text(name) + "]");
                }
            }
            boolean signsSomething = peers.stream()
                    .anyMatch(p -> p.signed() && speaker.owns(p.section().name()));
            if (speaker.section().has(ProfileKeys.MD5_PASSWORD) && !signsSomething) {
                speaker.section()
                        .fault(
                                ProfileKeys.MD5_PASSWORD,
                                "none of this speaker's peers has auth_type = md5: this password would sign nothing");
            }
        }
    }

    private void checkPeers() {
        unique(peers, PeerRules::id, PeerRules::section, ProfileKeys.ID, "a peer with this id");
        unique(peers, PeerRules::peerIp, PeerRules::section, ProfileKeys.PEER_IP, "a peer with this address");
        for (PeerRules peer : peers) {
            SpeakerRules speaker = speakerOf(peer);
            if (speaker == null) {
                peer.section().fault("", "no speaker names this peer in its list of peers");
            } else {
                peer.under(speaker);
            }
        }
    }

    private <R, K> void unique(
            List<R> rows, Function<R, @Nullable K> key, Function<R, SectionReader> section, String name, String what) {
        Map<K, String> seen = new HashMap<>();
        for (R row : rows) {
            K value = key.apply(row);
            String first = value == null
                    ? null
                    : seen.putIfAbsent(value, section.apply(row).title());
            if (first != null) {
                section.apply(row).fault(name, "there is " + what + " already: [" + first + "]");
            }
        }
    }

    private @Nullable SpeakerRules speakerOf(PeerRules peer) {
        return speakers.stream()
                .filter(s -> s.owns(peer.section().name()))
                .findFirst()
                .orElse(null);
    }

    private void fault(String title, String rule) {
        faults.add(new ProfileFault(Shown.text(origin), Shown.text(title), "", null, rule));
    }

    private BgpProfile profile() {
        return new BgpProfile(speakers.stream().map(this::speaker).toList());
    }

    private SpeakerProfile speaker(SpeakerRules s) {
        return new SpeakerProfile(
                s.name(),
                s.id(),
                Objects.requireNonNull(s.transport()),
                Objects.requireNonNull(s.localAs()),
                s.routerId(),
                s.serviceType(),
                s.allowedVipPrefixes(),
                s.password(),
                s.peerNames().stream().map(name -> peer(s, name)).toList());
    }

    private PeerProfile peer(SpeakerRules speaker, String name) {
        PeerRules p = peers.stream()
                .filter(candidate -> candidate.section().name().equals(name))
                .findFirst()
                .orElseThrow();
        return new PeerProfile(
                Objects.requireNonNull(p.id()),
                name,
                Objects.requireNonNull(p.peerIp()),
                Objects.requireNonNull(p.remoteAs()),
                p.password(speaker),
                p.ttlHops(),
                p.holdTime(),
                p.keepaliveInterval(),
                p.families().isEmpty() ? defaultFamilies(speaker) : p.families(),
                p.passive(),
                p.enabled(),
                p.linkBandwidth(),
                p.description());
    }

    /** One speaker carries both families; of two, each carries the family of its own transport. */
    private Set<AddressFamily> defaultFamilies(SpeakerRules speaker) {
        return speakers.size() == 1
                ? Set.of(AddressFamily.values())
                : Set.of(Objects.requireNonNull(speaker.transport()));
    }
}
