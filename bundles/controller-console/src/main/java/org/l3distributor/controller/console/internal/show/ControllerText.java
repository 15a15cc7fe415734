// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.show;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Json;
import org.l3distributor.console.Lines;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerView;
import org.l3distributor.distributor.controller.SilentAmphorae;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.VipStatus;

/** What a controller looks after, in the field names of its REST API. */
public final class ControllerText {
    private ControllerText() {}

    public static String loadBalancers(List<LoadBalancerView> rows, boolean json) {
        return json
                ? list("loadbalancers", rows, ControllerText::fields)
                : table(
                        rows,
                        ControllerText::fields,
                        "load balancers",
                        "name",
                        "vip_address",
                        "provisioning_status",
                        "operating_status",
                        "id");
    }

    public static String amphorae(List<AmphoraView> rows, boolean json) {
        return json
                ? list("amphorae", rows, ControllerText::fields)
                : table(
                        rows,
                        ControllerText::fields,
                        "amphorae",
                        "status",
                        "service_type",
                        "lb_network_ip",
                        "vrrp_ip",
                        "id");
    }

    public static String amphora(AmphoraView one, boolean json) {
        return one("amphora", fields(one), json);
    }

    /** Amphorae that aren't heard, and how many of them are held. */
    public static String silent(SilentAmphorae silent, boolean json) {
        if (json) {
            return new Json()
                    .put(
                            "silent",
                            new Json()
                                    .put("watched", silent.all())
                                    .put("most", silent.most())
                                    .put("held", silent.held())
                                    .put(
                                            "amphorae",
                                            silent.amphorae().stream()
                                                    .map(one -> new Json()
                                                            .put("id", one.amphoraId())
                                                            .put("last_update", one.lastHeard())
                                                            .put(
                                                                    "state",
                                                                    one.state().name()))
                                                    .toList()))
                    .toString();
        }
        Table table = new Table("STATE", "LAST_UPDATE", "ID");
        silent.amphorae().forEach(one -> table.row(one.state().name(), one.lastHeard(), one.amphoraId()));
        String all = table + "\n" + silent.amphorae().size() + " of " + silent.all() + " amphorae";
        return silent.held() == 0
                ? all
                : all + "\n" + silent.held() + " are held: more than " + silent.most()
                        + " fell silent together, so it may be the network; if they are dead: controller:silent-confirm";
    }

    public static String distributors(List<DistributorView> rows, boolean json) {
        return json
                ? list("distributors", rows, ControllerText::fields)
                : table(
                        rows,
                        ControllerText::fields,
                        "distributors",
                        "name",
                        "distributor_type",
                        "topology",
                        "status",
                        "id");
    }

    public static String distributor(DistributorView one, boolean json) {
        return one("distributor", fields(one), json);
    }

    public static String speakers(List<BgpSpeakerView> rows, boolean json) {
        return json
                ? list("speakers", rows, ControllerText::fields)
                : table(rows, ControllerText::fields, "speakers", "name", "ip_version", "local_as", "id");
    }

    public static String speaker(BgpSpeakerView one, boolean json) {
        return one("speaker", fields(one), json);
    }

    public static String peers(List<BgpPeer> rows, boolean json) {
        return json
                ? list("peers", rows, ControllerText::fields)
                : table(
                        rows,
                        ControllerText::fields,
                        "peers",
                        "name",
                        "peer_ip",
                        "remote_as",
                        "auth_type",
                        "enabled",
                        "id");
    }

    public static String peer(BgpPeer one, boolean json) {
        return one("peer", fields(one), json);
    }

    /** A distributor as its driver finds it: a row for each VIP and member, then all that isn't as it should be. */
    public static String status(DistributorStatus status, boolean json) {
        if (json) {
            return new Json()
                    .put(
                            "status",
                            new Json()
                                    .put("id", status.distributorId())
                                    .put(
                                            "amphorae",
                                            status.speakers().stream()
                                                    .map(ControllerText::json)
                                                    .toList())
                                    .put(
                                            "loadbalancers",
                                            status.vips().stream()
                                                    .map(ControllerText::json)
                                                    .toList())
                                    .put("problems", status.problems()))
                    .toString();
        }
        Table speakers = new Table("AMPHORA", "ALIVE", "ROUTES", "FAULT");
        status.speakers()
                .forEach(s -> speakers.row(s.amphoraId(), s.alive() ? "yes" : "no", s.registrations(), s.fault()));
        Table members = new Table("VIP", "NEXT HOP", "STATE", "AMPHORA");
        status.vips().stream()
                .flatMap(v -> v.members().stream())
                .forEach(m -> members.row(m.vip(), m.nextHop(), word(m.reach()), m.amphoraId()));
        StringBuilder text = new StringBuilder();
        if (!status.speakers().isEmpty()) {
            text.append(speakers).append('\n');
        }
        text.append(members);
        status.problems().forEach(p -> text.append("\nproblem: ").append(p));
        status.vips()
                .forEach(v -> v.problems()
                        .forEach(p -> text.append("\nproblem of ")
                                .append(v.key().loadBalancerId())
                                .append(": ")
                                .append(p)));
        return text.toString();
    }

    private static Json json(DistributorStatus.Speaker one) {
        return new Json()
                .put("id", one.amphoraId())
                .put("alive", one.alive())
                .put("registrations", one.registrations())
                .put("fault", one.fault());
    }

    private static Json json(VipStatus one) {
        return new Json()
                .put("id", one.key().loadBalancerId())
                .put("members", one.members().stream().map(ControllerText::json).toList())
                .put("problems", one.problems());
    }

    private static Json json(MemberStatus one) {
        return new Json()
                .put("amphora_id", one.amphoraId())
                .put("vip_address", one.vip())
                .put("nexthop_ip", one.nextHop())
                .put("state", one.reach())
                .put(
                        "routes",
                        one.routes().stream()
                                .map(r -> new Json()
                                        .put("speaker_id", r.speakerId())
                                        .put("peer_id", r.peer())
                                        .put("state", r.state())
                                        .put("reason", r.reason()))
                                .toList());
    }

    private static <T> String list(String name, List<T> rows, Function<T, Map<String, @Nullable Object>> fields) {
        return new Json().put(name, rows.stream().map(fields).toList()).toString();
    }

    private static <T> String table(
            List<T> rows, Function<T, Map<String, @Nullable Object>> fields, String what, String... columns) {
        Table table = new Table(
                List.of(columns).stream().map(c -> c.toUpperCase(Locale.ROOT)).toArray(String[]::new));
        for (T row : rows) {
            Map<String, @Nullable Object> all = fields.apply(row);
            table.row(List.of(columns).stream().map(all::get).toArray());
        }
        return table + "\n" + rows.size() + " " + what;
    }

    private static String one(String name, Map<String, @Nullable Object> fields, boolean json) {
        if (json) {
            return new Json().put(name, fields).toString();
        }
        Lines lines = new Lines();
        fields.forEach((field, value) -> lines.lineIfThere(
                field,
                value instanceof List<?> list
                        ? list.isEmpty()
                                ? "-"
                                : String.join(
                                        ", ", list.stream().map(String::valueOf).toList())
                        : value));
        return lines.toString();
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }

    private static Map<String, @Nullable Object> fields(LoadBalancerView view) {
        LoadBalancer one = view.loadBalancer();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("name", one.header().name());
        fields.put("project_id", one.header().projectId());
        fields.put("vip_address", one.vip().address());
        fields.put("provisioning_status", one.header().provisioning().name());
        fields.put("operating_status", one.header().operating().name());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(AmphoraView view) {
        Amphora one = view.amphora();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("status", one.status().name());
        fields.put("service_type", one.serviceType());
        fields.put("loadbalancer_id", one.loadBalancerId());
        fields.put("distributor_id", one.distributorId());
        fields.put("compute_id", one.computeId());
        fields.put("lb_network_ip", one.managementIp());
        fields.put("vrrp_ip", one.frontend().ip());
        fields.put("frontend_subnet_id", one.frontend().subnetId());
        fields.put("cached_zone", one.failureDomain());
        fields.put("speakers", view.speakerIds());
        fields.put("last_update", view.lastHeard());
        fields.put("busy", view.busy());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(DistributorView view) {
        Distributor one = view.distributor();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("name", one.name());
        fields.put("distributor_type", one.type());
        fields.put("status", name(one.status()));
        fields.put("topology", one.dedicated() ? "DEDICATED" : "COMBINED");
        fields.put("redundancy", one.redundancy());
        fields.put("amphorae", view.amphoraIds());
        fields.put("loadbalancers", view.loadBalancerIds());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(BgpSpeakerView view) {
        BgpSpeaker one = view.speaker();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("name", one.name());
        fields.put("description", one.description());
        fields.put("ip_version", one.transport().ipVersion());
        fields.put("local_as", one.localAs().value());
        fields.put("allowed_vip_prefixes", one.allowedVipPrefixes());
        fields.put("peers", view.peers().stream().map(BgpPeer::id).toList());
        fields.put("amphorae", view.amphoraIds());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(BgpPeer one) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("name", one.name());
        fields.put("description", one.description());
        fields.put("peer_ip", one.peerIp());
        fields.put("remote_as", one.remoteAs().value());
        fields.put("auth_type", one.authType());
        fields.put("ttl_hops", one.ttlHops());
        fields.put("hold_time", one.holdTime());
        fields.put("keepalive_interval", one.keepaliveInterval());
        fields.put(
                "families",
                one.families().stream().map(f -> "ipv" + f.ipVersion()).toList());
        fields.put("add_path", one.addPath());
        fields.put("passive", one.passive());
        fields.put("enabled", one.enabled());
        return fields;
    }
}
