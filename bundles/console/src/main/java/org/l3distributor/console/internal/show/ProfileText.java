// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.l3distributor.console.Json;
import org.l3distributor.console.Lines;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.distributor.service.ProfileService.FieldImpact;

/** The profile, its faults, and what a change of it does. */
public final class ProfileText {
    private ProfileText() {}

    public static String inForce(String origin, BgpProfile profile, List<ProfileFault> faults) {
        StringBuilder text = new StringBuilder("profile in force from: " + origin);
        for (SpeakerProfile s : profile.speakers()) {
            text.append("\n\n").append(speaker(s));
            Table table = new Table("PEER", "ADDRESS", "AS", "HOLD", "PROTECTION", "FAMILIES", "NOTE");
            s.peers()
                    .forEach(p -> table.row(
                            p.id(),
                            p.peerIp(),
                            p.remoteAs(),
                            p.holdTime().toSeconds() + "/"
                                    + p.keepaliveInterval().toSeconds() + " s",
                            protection(p),
                            String.join(",", families(p)),
                            note(p)));
            text.append("\n").append(table);
        }
        if (!faults.isEmpty()) {
            text.append("\n\nthe newest profile was not taken:\n").append(faults(faults));
        }
        return text.toString();
    }

    private static String speaker(SpeakerProfile s) {
        return new Lines()
                .line("speaker", s.name())
                .line("AS", s.localAs())
                .line("router id", s.routerId() == null ? "derived" : s.routerId())
                .line("sessions over", "IPv" + s.transport().ipVersion())
                .line(
                        "VIPs allowed",
                        s.allowedVipPrefixes().isEmpty()
                                ? "any"
                                : s.allowedVipPrefixes().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")))
                .toString();
    }

    private static String protection(PeerProfile p) {
        return (p.md5Password() == null ? "no MD5" : "MD5") + (p.ttlHops() == null ? "" : ", GTSM " + p.ttlHops());
    }

    private static String note(PeerProfile p) {
        List<String> notes = new ArrayList<>();
        if (p.passive()) {
            notes.add("passive");
        }
        if (!p.enabled()) {
            notes.add("disabled");
        }
        if (p.linkBandwidth() != LinkBandwidth.NONE) {
            notes.add("link bandwidth " + p.linkBandwidth().word());
        }
        return String.join(", ", notes);
    }

    private static List<String> families(PeerProfile p) {
        return p.families().stream()
                .map(f -> f.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    public static String faults(List<ProfileFault> faults) {
        return faults.stream().map(f -> "  " + f).collect(Collectors.joining("\n"));
    }

    public static String impacts(String done, List<FieldImpact> impacts) {
        if (impacts.isEmpty()) {
            return done + ": nothing changes";
        }
        Table table = new Table("SECTION", "KEY", "FROM", "TO", "EFFECT");
        impacts.forEach(i -> table.row(
                i.section(), i.key(), i.from(), i.to(), i.effect().name().toLowerCase(Locale.ROOT)));
        return done + "\n" + table;
    }

    public static String impactsJson(List<FieldImpact> impacts) {
        return new Json()
                .put(
                        "changes",
                        impacts.stream()
                                .map(i -> new Json()
                                        .put("section", i.section())
                                        .put("key", i.key())
                                        .put("from", i.from())
                                        .put("to", i.to())
                                        .put("effect", i.effect()))
                                .toList())
                .toString();
    }

    public static String inForceJson(String origin, BgpProfile profile, List<ProfileFault> faults) {
        return new Json()
                .put("origin", origin)
                .put(
                        "speakers",
                        profile.speakers().stream().map(ProfileText::json).toList())
                .put(
                        "faults",
                        faults.stream()
                                .map(f -> new Json()
                                        .put("origin", f.origin())
                                        .put("section", f.section())
                                        .put("key", f.key())
                                        .put("value", f.value())
                                        .put("rule", f.rule()))
                                .toList())
                .toString();
    }

    private static Json json(SpeakerProfile s) {
        return new Json()
                .put("name", s.name())
                .putIfThere("id", s.id())
                .put("ip_version", s.transport().ipVersion())
                .put("local_as", s.localAs().value())
                .putIfThere("router_id", s.routerId())
                .putIfThere("service_type", s.serviceType())
                .put("allowed_vip_prefixes", s.allowedVipPrefixes())
                .put("peers", s.peers().stream().map(ProfileText::json).toList());
    }

    /** Whether it is signed, never with what. */
    private static Json json(PeerProfile p) {
        return new Json()
                .put("name", p.name())
                .put("id", p.id())
                .put("peer_ip", p.peerIp())
                .put("remote_as", p.remoteAs().value())
                .put("md5", p.md5Password() != null)
                .putIfThere("ttl_hops", p.ttlHops())
                .put("hold_time", p.holdTime().toSeconds())
                .put("keepalive_interval", p.keepaliveInterval().toSeconds())
                .put("families", families(p))
                .put("passive", p.passive())
                .put("enabled", p.enabled())
                .put("link_bandwidth", p.linkBandwidth().word())
                .put("description", p.description());
    }
}
