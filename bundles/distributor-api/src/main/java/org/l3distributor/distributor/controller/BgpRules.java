// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.Shown;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileDraft.Entry;
import org.l3distributor.distributor.profile.ProfileDraft.Section;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * What may be said of speakers and peers. They become sections of an amphora's file, and so {@link ProfileRules}, which judge
 * that file, judge them here: nothing is taken that an amphora would refuse later. Pure; what can't be read is said first, then
 * every broken rule at once.
 */
public final class BgpRules {
    private static final String ORIGIN = "request";
    private static final String SPEAKER = "l3_bgp_speaker:";
    private static final String PEER = "l3_bgp_peer:";
    private static final int LONGEST_NAME = 64;

    /** What a speaker or peer is judged beside when it is judged alone; nothing of it can be at fault. */
    private static final String BESIDE = "beside";

    /** A file's words for what comes from the controller's configuration; only that there is one counts. */
    private static final String SOME_PASSWORD = "of the controller's configuration";

    private static final List<String> OF_SPEAKER =
            List.of("description", "ip_version", "local_as", "allowed_vip_prefixes");
    private static final List<String> OF_PEER = List.of(
            "description",
            "peer_ip",
            "remote_as",
            "auth_type",
            "ttl_hops",
            "hold_time",
            "keepalive_interval",
            "families",
            "passive",
            "enabled");

    /** Fields of which an empty text or list says that there is none. */
    private static final Set<String> EMPTY = Set.of("description", "families", "allowed_vip_prefixes");

    /** Stand in where something is wrong; {@link Input#result} gives them to nobody. */
    private static final BgpSpeaker NO_SPEAKER =
            new BgpSpeaker(BESIDE, AddressFamily.IPV4, AsNumber.TRANS, BESIDE, null, List.of(), 0);

    private static final BgpPeer NO_PEER = new BgpPeer(
            BESIDE,
            IpAddress.parse("192.0.2.1"),
            AsNumber.TRANS,
            null,
            null,
            null,
            null,
            BESIDE,
            null,
            Set.of(),
            false,
            false,
            true,
            0);

    private BgpRules() {}

    /** Reads {@code {"speaker": {...}}}; gives it a new id. */
    public static Outcome<BgpSpeaker> speaker(Map<?, ?> body) {
        return speaker(body, UUID.randomUUID().toString(), "", Map.of(), 0);
    }

    /** Reads {@code {"speaker": {...}}}; gives the old one as it becomes: what isn't there stays, a null takes away. */
    public static Outcome<BgpSpeaker> speaker(Map<?, ?> body, BgpSpeaker old) {
        return speaker(body, old.id(), old.name(), entries(old), old.version());
    }

    private static Outcome<BgpSpeaker> speaker(
            Map<?, ?> body, String id, String oldName, Map<String, String> old, long version) {
        Input input = open(body, "speaker", OF_SPEAKER);
        String name = name(input, oldName);
        Map<String, String> entries = read(input, OF_SPEAKER, old);
        return input.result(in -> {
            boolean six = "6".equals(entries.get("ip_version"));
            Section itself = section(SPEAKER + name, id, entries, Map.of("peers", BESIDE));
            Section beside = section(
                    PEER + BESIDE,
                    BESIDE,
                    Map.of("peer_ip", six ? "2001:db8::1" : "192.0.2.1", "remote_as", "64512"),
                    Map.of());
            SpeakerProfile checked = check(in, List.of(itself, beside)).stream()
                    .flatMap(p -> p.speakers().stream())
                    .findFirst()
                    .orElse(null);
            return checked == null
                    ? NO_SPEAKER
                    : new BgpSpeaker(
                            id,
                            checked.transport(),
                            checked.localAs(),
                            name,
                            entries.get("description"),
                            checked.allowedVipPrefixes(),
                            version);
        });
    }

    /** Reads {@code {"peer": {...}}}; gives it a new id. */
    public static Outcome<BgpPeer> peer(Map<?, ?> body) {
        return peer(body, UUID.randomUUID().toString(), "", Map.of(), false, 0);
    }

    /** Reads {@code {"peer": {...}}}; gives the old one as it becomes: what isn't there stays, a null takes away. */
    public static Outcome<BgpPeer> peer(Map<?, ?> body, BgpPeer old) {
        return peer(body, old.id(), old.name(), entries(old), old.addPath(), old.version());
    }

    private static Outcome<BgpPeer> peer(
            Map<?, ?> body, String id, String oldName, Map<String, String> old, boolean oldAddPath, long version) {
        List<String> fields = new ArrayList<>(OF_PEER);
        fields.add("add_path");
        Input input = open(body, "peer", fields);
        String name = name(input, oldName);
        Map<String, String> entries = read(input, OF_PEER, old);
        boolean addPath = input.change("add_path", input::flag, false).or(oldAddPath);
        if (addPath) { // the tables have its place (RFC 7911), and a driver would count on it
            input.refuse("add_path", true, "Value must be false: amphorae announce one next hop of a VIP to a peer");
        }
        return input.result(in -> {
            Section itself = section(PEER + name, id, entries, Map.of());
            Map<String, String> beside = new LinkedHashMap<>();
            beside.put("ip_version", entries.getOrDefault("peer_ip", "").contains(":") ? "6" : "4");
            beside.put("local_as", "64512");
            beside.put("peers", name);
            if ("md5".equals(entries.get("auth_type"))) {
                beside.put("md5_password", SOME_PASSWORD);
            }
            PeerProfile checked =
                    check(in, List.of(section(SPEAKER + BESIDE, BESIDE, beside, Map.of()), itself)).stream()
                            .flatMap(p -> p.peers().stream())
                            .findFirst()
                            .orElse(null);
            return checked == null ? NO_PEER : peer(id, name, entries, checked, addPath, version);
        });
    }

    private static BgpPeer peer(
            String id, String name, Map<String, String> entries, PeerProfile checked, boolean addPath, long version) {
        return new BgpPeer(
                id,
                checked.peerIp(),
                checked.remoteAs(),
                entries.get("auth_type"),
                checked.ttlHops(),
                entries.containsKey("hold_time") ? (int) checked.holdTime().toSeconds() : null,
                entries.containsKey("keepalive_interval")
                        ? (int) checked.keepaliveInterval().toSeconds()
                        : null,
                name,
                entries.get("description"),
                entries.containsKey("families") ? checked.families() : Set.of(),
                addPath,
                checked.passive(),
                checked.enabled(),
                version);
    }

    private static Input open(Map<?, ?> body, String root, List<String> fields) {
        Set<String> known = new TreeSet<>(fields);
        known.add("name");
        Input input = Input.open(body, root + "_", root, known);
        if (body.get(root) instanceof Map<?, ?> inner) {
            for (Object field : inner.keySet()) {
                String name = Shown.text(String.valueOf(field));
                if (ProfileRules.isSecret(name)) {
                    input.add(Refusal.invalid(
                            name,
                            null,
                            "secret_refused: " + name
                                    + " is set in the controller's configuration, and never taken here"));
                }
            }
        }
        return input;
    }

    private static String name(Input input, String old) {
        if (!input.has("name") && !old.isEmpty()) {
            return old;
        }
        input.required("name");
        String name = input.text("name", LONGEST_NAME);
        if (name != null && !name.matches("[A-Za-z0-9._-]+")) {
            input.refuse("name", name, "Value should be 1 to 64 letters, digits, '.', '_' and '-'");
        }
        return name == null ? "" : name;
    }

    /** The section's keys: the old ones, changed by what was sent. A file has texts only. */
    private static Map<String, String> read(Input input, List<String> fields, Map<String, String> old) {
        Map<String, String> entries = new LinkedHashMap<>(old);
        for (String field : fields) {
            if (input.has(field)) {
                String text = input.written(field);
                if (text == null || (text.isEmpty() && EMPTY.contains(field))) {
                    entries.remove(field);
                } else {
                    entries.put(field, text);
                }
            }
        }
        return entries;
    }

    private static Section section(String title, String id, Map<String, String> entries, Map<String, String> more) {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry("id", id));
        entries.forEach((key, value) -> all.add(new Entry(key, value)));
        more.forEach((key, value) -> all.add(new Entry(key, value)));
        return new Section(title, all);
    }

    private static Optional<BgpProfile> check(Input input, List<Section> sections) {
        CheckedProfile checked = ProfileRules.check(new ProfileDraft(ORIGIN, sections));
        for (ProfileFault fault : checked.faults()) {
            String field = fault.key().isEmpty() ? "name" : fault.key();
            input.refuse(field, fault.value(), "Value " + fault.rule());
        }
        return Optional.ofNullable(checked.profile());
    }

    /** Why speakers, with their peers, may not be together in one amphora's file; empty when they may. */
    public static List<Refusal> broken(List<BgpSpeakerView> speakers) {
        return ProfileRules.check(draft(ORIGIN, speakers, SOME_PASSWORD)).faults().stream()
                .map(f -> Refusal.conflict(f.key(), f.value(), "The BGP peer profile would be broken: " + f))
                .toList();
    }

    /**
     * What contradicts itself in speakers with their peers and amphorae; empty when nothing does. Judges every speaker that has
     * peers, and together those that one amphora runs.
     */
    public static List<Refusal> contradictions(List<BgpSpeakerView> speakers) {
        List<Refusal> refusals = new ArrayList<>();
        speakers.stream()
                .filter(s -> !s.peers().isEmpty() && s.amphoraIds().isEmpty())
                .forEach(s -> refusals.addAll(broken(List.of(s))));
        speakers.stream()
                .flatMap(s -> s.amphoraIds().stream())
                .distinct()
                .map(id -> speakers.stream()
                        .filter(s -> s.amphoraIds().contains(id))
                        .toList())
                .distinct()
                .forEach(together -> refusals.addAll(broken(together)));
        return refusals;
    }

    /**
     * An amphora's file, as far as it is the profile.
     *
     * @param password what signs the sessions of peers with {@code auth_type = md5}; null: none
     */
    public static ProfileDraft draft(String origin, List<BgpSpeakerView> speakers, @Nullable String password) {
        List<Section> sections = new ArrayList<>();
        for (BgpSpeakerView view : speakers) {
            Map<String, String> more = new LinkedHashMap<>();
            if (!view.peers().isEmpty()) {
                more.put("peers", view.peers().stream().map(BgpPeer::name).collect(Collectors.joining(", ")));
            }
            if (password != null && view.peers().stream().anyMatch(p -> p.authType() != null)) {
                more.put("md5_password", password);
            }
            sections.add(section(SPEAKER + view.speaker().name(), view.id(), entries(view.speaker()), more));
            view.peers().forEach(p -> sections.add(section(PEER + p.name(), p.id(), entries(p), Map.of())));
        }
        return new ProfileDraft(origin, sections);
    }

    private static Map<String, String> entries(BgpSpeaker speaker) {
        Map<String, String> entries = new LinkedHashMap<>();
        put(entries, "description", speaker.description());
        entries.put("ip_version", Integer.toString(speaker.transport().ipVersion()));
        entries.put("local_as", speaker.localAs().toString());
        if (!speaker.allowedVipPrefixes().isEmpty()) {
            entries.put(
                    "allowed_vip_prefixes",
                    speaker.allowedVipPrefixes().stream()
                            .map(IpPrefix::toString)
                            .collect(Collectors.joining(", ")));
        }
        return entries;
    }

    private static Map<String, String> entries(BgpPeer peer) {
        Map<String, String> entries = new LinkedHashMap<>();
        put(entries, "description", peer.description());
        entries.put("peer_ip", peer.peerIp().toString());
        entries.put("remote_as", peer.remoteAs().toString());
        put(entries, "auth_type", peer.authType());
        put(entries, "ttl_hops", peer.ttlHops());
        put(entries, "hold_time", peer.holdTime());
        put(entries, "keepalive_interval", peer.keepaliveInterval());
        if (!peer.families().isEmpty()) {
            entries.put(
                    "families",
                    peer.families().stream().map(f -> "ipv" + f.ipVersion()).collect(Collectors.joining(", ")));
        }
        if (peer.passive()) {
            entries.put("passive", "true");
        }
        if (!peer.enabled()) {
            entries.put("enabled", "false");
        }
        return entries;
    }

    private static void put(Map<String, String> entries, String key, @Nullable Object value) {
        if (value != null) {
            entries.put(key, value.toString());
        }
    }
}
