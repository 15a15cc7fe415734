// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileDraft.Entry;
import org.l3distributor.distributor.profile.ProfileDraft.Section;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Refused;
import org.l3distributor.rest.internal.json.Fields;
import org.l3distributor.rest.internal.json.JsonText;

/**
 * From a JSON profile to a draft in sections and keys, as a file has them. Types are checked here; the rules are those
 * of the file, and whoever takes the draft checks them.
 */
final class ProfileReader {
    private static final List<String> SPEAKER_TEXTS = List.of("id", "router_id", "service_type");
    private static final List<String> SPEAKER_NUMBERS = List.of("ip_version", "local_as");
    private static final List<String> PEER_TEXTS = List.of("id", "peer_ip", "link_bandwidth", "description");
    private static final List<String> PEER_NUMBERS =
            List.of("remote_as", "ttl_hops", "hold_time", "keepalive_interval");
    private static final List<String> PEER_FLAGS = List.of("passive", "enabled");

    private static final Set<String> OF_SPEAKER = Set.of(
            "name", "id", "router_id", "service_type", "ip_version", "local_as", "allowed_vip_prefixes", "peers");
    private static final Set<String> OF_PEER = Set.of(
            "name",
            "id",
            "peer_ip",
            "description",
            "remote_as",
            "ttl_hops",
            "hold_time",
            "keepalive_interval",
            "md5",
            "families",
            "passive",
            "enabled",
            "link_bandwidth");

    private final List<Fault> faults = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private ProfileReader() {}

    /** @throws Refused with every fault */
    static ProfileDraft read(byte[] body) {
        ProfileReader reader = new ProfileReader();
        Fields root = new Fields(JsonText.object(body), "", reader.faults, Set.of("speakers"));
        root.required("speakers");
        List<ObjectNode> speakers = root.objects("speakers");
        for (int i = 0; speakers != null && i < speakers.size(); i++) {
            reader.speaker(speakers.get(i), "speakers[" + i + "].");
        }
        Refused.ifAny(reader.faults);
        return new ProfileDraft("request", reader.sections);
    }

    private void speaker(ObjectNode node, String path) {
        Fields fields = new Fields(node, path, faults, OF_SPEAKER);
        String name = fields.text("name");
        List<Entry> entries = new ArrayList<>();
        SPEAKER_TEXTS.forEach(key -> add(entries, key, fields.text(key)));
        SPEAKER_NUMBERS.forEach(key -> add(entries, key, fields.integer(key)));
        list(entries, "allowed_vip_prefixes", fields.texts("allowed_vip_prefixes"));
        List<String> names = new ArrayList<>();
        List<Section> peers = new ArrayList<>();
        List<ObjectNode> nodes = fields.objects("peers");
        for (int i = 0; nodes != null && i < nodes.size(); i++) {
            peer(nodes.get(i), path + "peers[" + i + "].", names, peers);
        }
        list(entries, "peers", names);
        boolean bare = name == null || name.equals("default");
        sections.add(new Section(bare ? "l3_bgp_speaker" : "l3_bgp_speaker:" + name, entries));
        sections.addAll(peers);
    }

    private void peer(ObjectNode node, String path, List<String> names, List<Section> peers) {
        Fields fields = new Fields(node, path, faults, OF_PEER);
        fields.required("name");
        String name = fields.text("name");
        List<Entry> entries = new ArrayList<>();
        PEER_TEXTS.forEach(key -> add(entries, key, fields.text(key)));
        PEER_NUMBERS.forEach(key -> add(entries, key, fields.integer(key)));
        PEER_FLAGS.forEach(key -> add(entries, key, fields.flag(key)));
        list(entries, "families", fields.texts("families"));
        String signed = fields.flag("md5");
        if (signed != null) {
            entries.add(new Entry("auth_type", signed.equals("true") ? "md5" : "none"));
        }
        if (name != null) {
            names.add(name);
            peers.add(new Section("l3_bgp_peer:" + name, entries));
        }
    }

    private static void add(List<Entry> entries, String key, @Nullable String value) {
        // What the profile in force shows as "" wasn't given; in a section an empty value is a fault.
        if (value != null && !(key.equals("description") && value.isEmpty())) {
            entries.add(new Entry(key, value));
        }
    }

    private static void list(List<Entry> entries, String key, @Nullable List<String> values) {
        if (values != null && !values.isEmpty()) {
            entries.add(new Entry(key, String.join(", ", values)));
        }
    }
}
