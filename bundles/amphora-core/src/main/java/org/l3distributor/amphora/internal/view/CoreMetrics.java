// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Gate;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;

/** The metrics, from snapshots. Pure: each method gives families in a fixed order. */
public final class CoreMetrics {
    /** So many VIPs are shown with their gate; beyond that a scrape would cost more than it tells. */
    static final int MOST_GATES = 1000;

    private static final String SENT = "messages_sent_";
    private static final String RECEIVED = "messages_received_";

    private static final Map<String, String> HELP = Map.of(
            "bytes_received", "Octets read from the peer's connections",
            "bytes_sent", "Octets written to the peer's connections",
            "connect_attempts", "Connections that this side began",
            "established_transitions", "Sessions that came up",
            "routes_received", "Routes that the peer announced; they are counted and dropped",
            "routes_withdrawn_by_peer", "Routes that the peer withdrew",
            "updates_malformed", "UPDATEs that broke a rule of RFC 7606");

    private CoreMetrics() {}

    public static List<Metric> ofPeers(List<PeerSnapshot> peers) {
        List<Sample> states = new ArrayList<>();
        List<Sample> bandwidths = new ArrayList<>();
        List<Sample> messages = new ArrayList<>();
        Map<String, List<Sample>> others = new LinkedHashMap<>();
        for (PeerSnapshot peer : peers) {
            String id = peer.settings().id().value();
            for (SessionState state : SessionState.values()) {
                states.add(new Sample(labels("peer", id, "state", state.rfcName()), peer.state() == state ? 1 : 0));
            }
            LinkBandwidth told = peer.settings().linkBandwidth();
            for (LinkBandwidth form : LinkBandwidth.values()) {
                bandwidths.add(new Sample(labels("peer", id, "form", Views.word(form)), told == form ? 1 : 0));
            }
            peer.counters().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(counter -> counter(id, counter.getKey(), counter.getValue(), messages, others));
        }
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric(
                "bgp_session_state", Type.GAUGE, "1 for the state that the session is in, 0 for the others", states));
        metrics.add(gauge(
                peers,
                "bgp_session_enabled",
                "0 while the peer is held down",
                p -> p.settings().enabled() ? 1 : 0));
        metrics.add(new Metric(
                "bgp_session_link_bandwidth",
                Type.GAUGE,
                "1 for the form in which the peer is told what next hops can take, 0 for the others",
                bandwidths));
        metrics.add(gauge(
                peers,
                "bgp_routes_announced",
                "Routes written to the peer and not withdrawn",
                PeerSnapshot::announced));
        metrics.add(gauge(
                peers, "bgp_routes_pending", "Routes that wait for the session or the socket", PeerSnapshot::pending));
        metrics.add(new Metric("bgp_messages_total", Type.COUNTER, "BGP messages by direction and type", messages));
        others.forEach((name, samples) -> metrics.add(new Metric(
                "bgp_" + name + "_total", Type.COUNTER, HELP.getOrDefault(name, name.replace('_', ' ')), samples)));
        return metrics;
    }

    private static void counter(
            String peer, String name, long value, List<Sample> messages, Map<String, List<Sample>> others) {
        if (name.startsWith(SENT) || name.startsWith(RECEIVED)) {
            boolean sent = name.startsWith(SENT);
            String type = name.substring((sent ? SENT : RECEIVED).length());
            messages.add(
                    new Sample(labels("peer", peer, "direction", sent ? "sent" : "received", "type", type), value));
        } else {
            others.computeIfAbsent(name, n -> new ArrayList<>()).add(new Sample(labels("peer", peer), value));
        }
    }

    private static Metric gauge(
            List<PeerSnapshot> peers, String name, String help, ToDoubleFunction<PeerSnapshot> value) {
        return new Metric(
                name,
                Type.GAUGE,
                help,
                peers.stream()
                        .map(peer ->
                                new Sample(labels("peer", peer.settings().id().value()), value.applyAsDouble(peer)))
                        .toList());
    }

    /** One value without labels. */
    public static Metric single(String name, Type type, String help, double value) {
        return new Metric(name, type, help, List.of(new Sample(Map.of(), value)));
    }

    /** How many registrations there are, by kind of owner. */
    public static Metric registrations(int ofAmphorae, int ofEndpoints) {
        return new Metric(
                "registrations",
                Type.GAUGE,
                "Registrations that stand, by kind of owner",
                List.of(
                        new Sample(labels("owner", "amphora"), ofAmphorae),
                        new Sample(labels("owner", "vip"), ofEndpoints)));
    }

    /**
     * The gate of each VIP with its reason: 1 open, 0 closed; own VIPs first, {@value #MOST_GATES} in all.
     *
     * @param own the VIPs that are plugged on this host
     */
    public static Metric gates(List<OwnVip> own, Iterable<Registration> rows, Gate gate) {
        Set<Sample> samples = new LinkedHashSet<>(); // rows of one VIP for several peers are one gate
        for (OwnVip vip : own) {
            samples.add(gate(vip.vip(), vip.nextHop(), new Gate.Standing(vip.served(), vip.reason())));
        }
        for (Registration row : rows) {
            if (samples.size() >= MOST_GATES) {
                break;
            }
            samples.add(gate(row.vip(), row.nextHop(), gate.standing(row)));
        }
        return new Metric(
                "vip_gate", Type.GAUGE, "1 while the VIP may be announced with this next hop", List.copyOf(samples));
    }

    private static Sample gate(IpAddress vip, @Nullable IpAddress nextHop, Gate.Standing standing) {
        Map<String, String> labels = labels(
                "vip", vip.toString(),
                "nexthop", nextHop == null ? "" : nextHop.toString(),
                "reason", standing.reason());
        return new Sample(labels, standing.open() ? 1 : 0);
    }

    private static Map<String, String> labels(String... pairs) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return labels;
    }
}
