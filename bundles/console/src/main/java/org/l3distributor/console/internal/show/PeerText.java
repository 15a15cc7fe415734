// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Json;
import org.l3distributor.console.Lines;
import org.l3distributor.console.Moments;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.PeerView;

/** Peers, what they were sent, and what happened. */
public final class PeerText {
    private PeerText() {}

    public static String summary(List<PeerView> peers, Instant now) {
        Table table = new Table("PEER", "ADDRESS", "AS", "STATE", "SINCE", "ANNOUNCED", "PENDING", "NOTE");
        for (PeerView p : peers) {
            table.row(
                    p.id(),
                    p.address(),
                    p.remoteAs(),
                    p.state(),
                    Spans.between(p.since(), now),
                    p.announced(),
                    p.pending(),
                    note(p));
        }
        long up = peers.stream().filter(p -> p.state().equals("Established")).count();
        return table + "\n" + up + " of " + peers.size() + " sessions Established";
    }

    private static String note(PeerView p) {
        if (p.heldDown() != null) {
            return p.heldDown().words();
        }
        String error = p.lastError();
        return p.state().equals("Established") || error == null ? "" : error;
    }

    public static String neighbor(PeerView p, Instant now) {
        Lines lines = new Lines()
                .line("peer", p.id())
                .lineIfThere("description", p.description().isEmpty() ? null : p.description())
                .line("speaker", p.speaker())
                .line("address", p.address() + (p.localAddress() == null ? "" : " from " + p.localAddress()))
                .line("AS", p.remoteAs() + ", ours " + p.localAs() + sort(p))
                .line(
                        "router id",
                        (p.remoteRouterId() == null ? "unknown" : p.remoteRouterId()) + ", ours " + p.localRouterId())
                .line(
                        "state",
                        p.state() + " since " + Spans.between(p.since(), now)
                                + (p.heldDown() == null
                                        ? ""
                                        : ", " + p.heldDown().words()))
                .line("timers", timers(p.holdTime(), p.keepaliveInterval()))
                .line("protection", protection(p))
                .lineIfThere("link bandwidth", p.linkBandwidth().equals("none") ? null : p.linkBandwidth())
                .line("families", String.join(", ", p.families()))
                .line("offered by us", words(p.localCapabilities()))
                .line("offered by peer", words(p.remoteCapabilities()))
                .line("routes", p.announced() + " announced, " + p.pending() + " pending")
                .lineIfThere("last error", error(p, now));
        new TreeMap<>(p.counters()).forEach((name, value) -> lines.line("  " + name, value));
        return lines.toString();
    }

    private static String sort(PeerView p) {
        return (p.localAs().equals(p.remoteAs()) ? " (iBGP" : " (eBGP") + (p.passive() ? ", passive)" : ")");
    }

    private static String timers(@Nullable Duration hold, @Nullable Duration keepalive) {
        return hold == null || keepalive == null
                ? "not negotiated"
                : "hold " + hold.toSeconds() + " s, keepalive " + keepalive.toSeconds() + " s";
    }

    private static String protection(PeerView p) {
        return (p.md5() ? "TCP MD5" : "no MD5") + ", "
                + (p.ttlHops() == null ? "no GTSM" : "GTSM " + p.ttlHops() + (p.ttlHops() == 1 ? " hop" : " hops"));
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "nothing yet" : String.join(", ", words);
    }

    private static @Nullable String error(PeerView p, Instant now) {
        Instant at = p.lastErrorAt();
        return p.lastError() == null
                ? null
                : p.lastError() + (at == null ? "" : ", " + Spans.between(at, now) + " ago");
    }

    public static String advertised(List<AdvertisedView> routes) {
        Table table = new Table("PEER", "PREFIX", "NEXT HOP", "BANDWIDTH", "STATE", "WRITTEN", "REASON");
        routes.forEach(r -> table.row(
                r.peer(),
                r.prefix(),
                r.nextHop(),
                bandwidth(r.bandwidth()),
                RegistrationText.word(r.state()),
                r.writtenAt(),
                r.reason() == null ? "" : r.reason()));
        return table + "\n" + routes.size() + " routes";
    }

    /** In the unit in which routers show it. */
    private static String bandwidth(@Nullable Double bytesPerSecond) {
        return bytesPerSecond == null ? "" : String.format(Locale.ROOT, "%.2f Mbit/s", bytesPerSecond * 8 / 1e6);
    }

    public static String events(List<EventView> events) {
        return events.isEmpty()
                ? "no events"
                : events.stream()
                        .map(e -> Moments.text(e.at()) + " " + (e.peer() == null ? "" : "peer=" + e.peer() + " ")
                                + e.kind() + " " + e.text())
                        .collect(Collectors.joining("\n"));
    }

    public static String summaryJson(List<PeerView> peers) {
        return new Json()
                .put("peers", peers.stream().map(PeerText::json).toList())
                .toString();
    }

    public static String neighborJson(PeerView peer) {
        return json(peer).toString();
    }

    public static String advertisedJson(List<AdvertisedView> routes) {
        return new Json()
                .put(
                        "advertised",
                        routes.stream()
                                .map(r -> new Json()
                                        .put("peer_id", r.peer())
                                        .put("prefix", r.prefix())
                                        .put("nexthop_ip", r.nextHop())
                                        .put("link_bandwidth", r.bandwidth())
                                        .put("state", r.state())
                                        .put("written_at", r.writtenAt())
                                        .put("reason", r.reason()))
                                .toList())
                .toString();
    }

    public static String eventsJson(List<EventView> events) {
        return new Json()
                .put(
                        "events",
                        events.stream()
                                .map(e -> new Json()
                                        .put("at", e.at())
                                        .put("peer_id", e.peer())
                                        .put("kind", e.kind())
                                        .put("text", e.text()))
                                .toList())
                .toString();
    }

    private static Json json(PeerView p) {
        return new Json()
                .put("id", p.id())
                .put("speaker", p.speaker())
                .put("peer_ip", p.address())
                .put("local_ip", p.localAddress())
                .put("local_as", p.localAs().value())
                .put("remote_as", p.remoteAs().value())
                .put("local_router_id", p.localRouterId())
                .put("remote_router_id", p.remoteRouterId())
                .put("state", p.state())
                .put("since", p.since())
                .put("enabled", p.enabled())
                .put("disabled_by", p.heldDown())
                .put("passive", p.passive())
                .put("md5", p.md5())
                .put("ttl_hops", p.ttlHops())
                .put("link_bandwidth", p.linkBandwidth())
                .put("hold_time", p.holdTime())
                .put("keepalive_interval", p.keepaliveInterval())
                .put("families", p.families())
                .put("local_capabilities", p.localCapabilities())
                .put("remote_capabilities", p.remoteCapabilities())
                .put("announced", p.announced())
                .put("pending", p.pending())
                .put("counters", new TreeMap<>(p.counters()))
                .put("last_error", p.lastError())
                .put("last_error_at", p.lastErrorAt())
                .put("description", p.description());
    }
}
