// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SettingsChange;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.distributor.service.ProfileService.Effect;
import org.l3distributor.distributor.service.ProfileService.FieldImpact;
import org.l3distributor.net.PeerId;

/** What going from one profile to another does, field by field, in the words of the profile. */
public final class Impacts {
    private static final String SECRET = "****";

    private record Key(String key, Function<PeerSettings, @Nullable Object> value) {}

    /** By the component of PeerSettings, as {@link SettingsChange} names it. */
    private static final Map<String, Key> KEYS = Map.ofEntries(
            Map.entry("address", new Key("peer_ip", PeerSettings::address)),
            Map.entry("localAs", new Key("local_as", PeerSettings::localAs)),
            Map.entry("routerId", new Key("router_id", PeerSettings::routerId)),
            Map.entry("remoteAs", new Key("remote_as", PeerSettings::remoteAs)),
            Map.entry("holdTime", new Key("hold_time", s -> s.holdTime().toSeconds())),
            Map.entry(
                    "keepalive",
                    new Key("keepalive_interval", s -> s.keepalive().toSeconds())),
            Map.entry("md5Password", new Key("md5_password", s -> s.md5Password() == null ? null : SECRET)),
            Map.entry("ttlHops", new Key("ttl_hops", PeerSettings::ttlHops)),
            Map.entry(
                    "families",
                    new Key(
                            "families",
                            s -> s.families().stream()
                                    .sorted()
                                    .map(f -> "ipv" + f.ipVersion())
                                    .collect(Collectors.joining(", ")))),
            Map.entry("passive", new Key("passive", PeerSettings::passive)),
            Map.entry("enabled", new Key("enabled", PeerSettings::enabled)),
            Map.entry(
                    "linkBandwidth",
                    new Key("link_bandwidth", s -> s.linkBandwidth().name().toLowerCase(Locale.ROOT))),
            Map.entry("speaker", new Key("speaker", PeerSettings::speaker)),
            Map.entry("description", new Key("description", PeerSettings::description)));

    private final List<FieldImpact> impacts = new ArrayList<>();

    private Impacts() {}

    /**
     * Every field that differs.
     *
     * @param before null when nothing was in force
     */
    public static List<FieldImpact> between(@Nullable BgpProfile before, BgpProfile after, Plan plan) {
        Impacts impacts = new Impacts();
        BgpProfile from = before == null ? new BgpProfile(List.of()) : before;
        impacts.peers(titles(from), byId(from, plan), titles(after), byId(after, plan));
        impacts.speakers(from, after);
        return List.copyOf(impacts.impacts);
    }

    private void peers(
            Map<PeerId, PeerProfile> namesBefore,
            Map<PeerId, PeerSettings> before,
            Map<PeerId, PeerProfile> namesAfter,
            Map<PeerId, PeerSettings> after) {
        after.forEach((id, settings) -> {
            String title = title(Objects.requireNonNull(namesAfter.get(id)));
            PeerSettings old = before.get(id);
            if (old == null) {
                impacts.add(new FieldImpact(
                        title, "", "", String.valueOf(settings.address()), Effect.SOFT)); // a session more
            } else {
                SettingsChange.between(old, settings).forEach(change -> field(title, old, settings, change));
            }
        });
        before.forEach((id, settings) -> {
            if (!after.containsKey(id)) {
                String title = title(Objects.requireNonNull(namesBefore.get(id)));
                impacts.add(new FieldImpact(title, "", String.valueOf(settings.address()), "", Effect.RESET));
            }
        });
    }

    private void field(String title, PeerSettings old, PeerSettings settings, SettingsChange change) {
        Key key = Objects.requireNonNull(KEYS.get(change.field()), change.field());
        impacts.add(new FieldImpact(
                title,
                key.key,
                text(key.value.apply(old)),
                text(key.value.apply(settings)),
                switch (change.effect()) {
                    case NONE -> Effect.NONE;
                    case ROUTES, NEXT_SESSION -> Effect.SOFT;
                    case RESET -> Effect.RESET;
                }));
    }

    /** What a speaker's section says beyond its peers' sessions. */
    private void speakers(BgpProfile before, BgpProfile after) {
        Map<String, SpeakerProfile> old = new LinkedHashMap<>();
        before.speakers().forEach(speaker -> old.put(speaker.name(), speaker));
        for (SpeakerProfile speaker : after.speakers()) {
            String title = speaker.name().equals("default") ? "l3_bgp_speaker" : "l3_bgp_speaker:" + speaker.name();
            SpeakerProfile was = old.get(speaker.name());
            String allowedBefore = was == null ? "" : joined(was.allowedVipPrefixes());
            String allowed = joined(speaker.allowedVipPrefixes());
            if (!allowed.equals(allowedBefore)) {
                impacts.add(new FieldImpact(title, "allowed_vip_prefixes", allowedBefore, allowed, Effect.SOFT));
            }
            String typeBefore = was == null ? "" : text(was.serviceType());
            if (!text(speaker.serviceType()).equals(typeBefore)) {
                impacts.add(
                        new FieldImpact(title, "service_type", typeBefore, text(speaker.serviceType()), Effect.NONE));
            }
        }
    }

    private static Map<PeerId, PeerSettings> byId(BgpProfile profile, Plan plan) {
        Map<PeerId, PeerSettings> peers = new LinkedHashMap<>();
        plan.settings(profile).peers().forEach(settings -> peers.put(settings.id(), settings));
        return peers;
    }

    private static Map<PeerId, PeerProfile> titles(BgpProfile profile) {
        Map<PeerId, PeerProfile> peers = new LinkedHashMap<>();
        profile.peers().forEach(peer -> peers.put(peer.id(), peer));
        return peers;
    }

    private static String title(PeerProfile peer) {
        return "l3_bgp_peer:" + peer.name();
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
