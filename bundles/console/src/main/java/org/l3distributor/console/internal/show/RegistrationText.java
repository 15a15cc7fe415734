// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Json;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.PeerId;

/** Registrations and what each peer has of them. */
public final class RegistrationText {
    private RegistrationText() {}

    /** One registration and its peers. */
    public static String one(String done, RegistrationStatus status) {
        Registration r = status.registration();
        return done + " " + r.vip() + " next hop " + r.nextHop() + " " + owner(r.owner()) + "\n"
                + peers(status.peers());
    }

    /** What a removal took away. */
    public static String removed(Removal removal, List<RegistrationStatus> removed) {
        return "unregistered " + removal.vip() + " next hop " + removal.nextHop() + " " + owner(removal.owner()) + "\n"
                + peers(routes(removed));
    }

    private static String owner(Owner owner) {
        return owner instanceof Owner.Amphora amphora ? "for amphora " + amphora.amphoraId() : "without an amphora";
    }

    private static String peers(List<PeerRoute> routes) {
        if (routes.isEmpty()) {
            return "no peer is configured";
        }
        Table table = new Table("PEER", "STATE", "WRITTEN", "REASON");
        routes.forEach(route -> table.row(
                route.peer(), word(route.state()), route.writtenAt(), route.reason() == null ? "" : route.reason()));
        return table.toString();
    }

    /** A page of a list. */
    public static String list(boolean amphorae, List<RegistrationStatus> rows, @Nullable String nextMarker) {
        Table table = amphorae
                ? new Table("VIP", "NEXT HOP", "FOR", "AMPHORA", "STATE")
                : new Table("VIP", "NEXT HOP", "FOR", "STATE");
        for (RegistrationStatus status : rows) {
            Registration r = status.registration();
            PeerId peer = r.peer();
            String target = peer == null ? "all peers" : peer.value();
            if (amphorae) {
                table.row(r.vip(), r.nextHop(), target, amphoraId(r.owner()), states(status.peers()));
            } else {
                table.row(r.vip(), r.nextHop(), target, states(status.peers()));
            }
        }
        String more = nextMarker == null ? "" : "; more with --marker " + nextMarker;
        return table + "\n" + rows.size() + " registrations" + more;
    }

    /** "announced 2/2", or each peer by itself where they differ. */
    static String states(List<PeerRoute> peers) {
        if (peers.isEmpty()) {
            return "no peer";
        }
        boolean same = peers.stream().map(PeerRoute::state).distinct().count() == 1;
        if (same && peers.get(0).reason() == null) {
            return word(peers.get(0).state()) + " " + peers.size() + "/" + peers.size();
        }
        return peers.stream()
                .map(p -> p.peer() + " " + word(p.state()) + (p.reason() == null ? "" : " (" + p.reason() + ")"))
                .collect(Collectors.joining(", "));
    }

    static String word(RouteState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** What a bulk call did, counted. */
    public static String bulk(String done, List<RegistrationStatus> rows, @Nullable Integer absent) {
        Map<String, Long> states = rows.stream()
                .flatMap(row -> row.peers().stream())
                .collect(Collectors.groupingBy(p -> word(p.state()), TreeMap::new, Collectors.counting()));
        String counted = states.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return rows.size() + " " + done + (absent == null ? "" : ", " + absent + " were not there")
                + (counted.isEmpty() ? "" : "; routes by peer: " + counted);
    }

    public static String oneJson(RegistrationStatus status) {
        return json(status).toString();
    }

    public static String removedJson(Removal removal, List<RegistrationStatus> removed) {
        return json(removal).put("peers", peersJson(routes(removed))).toString();
    }

    public static String listJson(boolean amphorae, List<RegistrationStatus> rows, @Nullable String nextMarker) {
        return new Json()
                .put(
                        amphorae ? "amphorae" : "vips",
                        rows.stream().map(RegistrationText::json).toList())
                .put("next_marker", nextMarker)
                .toString();
    }

    public static String bulkJson(List<RegistrationStatus> rows) {
        return new Json()
                .put("registrations", rows.stream().map(RegistrationText::json).toList())
                .toString();
    }

    public static String bulkJson(RemovalResult result) {
        return new Json()
                .put(
                        "removed",
                        result.removed().stream().map(RegistrationText::json).toList())
                .put(
                        "absent",
                        result.absent().stream().map(RegistrationText::json).toList())
                .toString();
    }

    private static List<PeerRoute> routes(List<RegistrationStatus> rows) {
        return rows.stream().flatMap(row -> row.peers().stream()).toList();
    }

    private static Json json(RegistrationStatus status) {
        Registration r = status.registration();
        return json(new Removal(r.owner(), r.vip(), r.nextHop(), r.peer())).put("peers", peersJson(status.peers()));
    }

    private static Json json(Removal r) {
        return new Json()
                .putIfThere("amphora_id", amphoraId(r.owner()))
                .put("vip_ip", r.vip())
                .put("nexthop_ip", r.nextHop())
                .put("peer_id", r.peer());
    }

    private static @Nullable String amphoraId(Owner owner) {
        return owner instanceof Owner.Amphora amphora ? amphora.amphoraId() : null;
    }

    static List<Json> peersJson(List<PeerRoute> routes) {
        return routes.stream()
                .map(p -> new Json()
                        .put("id", p.peer())
                        .put("state", p.state())
                        .put("written_at", p.writtenAt())
                        .put("reason", p.reason()))
                .toList();
    }
}
