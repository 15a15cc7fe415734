// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.net.NettySpeaker;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;
import org.l3distributor.net.Secret;

/**
 * A speaker in a process of its own, so that it can run in a network namespace; the test talks to it over standard input
 * and output, one line each:
 *
 * <pre>
 * peer id=tor address=10.0.0.1 as=65000 local-as=64512 router-id=10.0.0.2 [md5=KEY] [ttl=1] [passive] [listen]
 *     [local=ADDRESS] [bandwidth=TRANSITIVE|NON_TRANSITIVE]
 * announce PREFIX NEXTHOP [BYTES_PER_SECOND]    withdraw PREFIX NEXTHOP
 * key PEER KEY
 * state | sent | clear PEER | refresh PEER | disable PEER | enable PEER | forget | quit
 * </pre>
 *
 * Each is answered by one line.
 */
public final class SpeakerProcess {
    private final BgpSpeaker speaker;
    private final RouteOwner owner;
    private final List<PeerSettings> peers = new ArrayList<>();
    private boolean listen;

    private SpeakerProcess(BgpSpeaker speaker) {
        this.speaker = speaker;
        this.owner = speaker.owner("test");
    }

    public static void main(String[] args) throws Exception {
        Peer.Pace pace = new Peer.Pace(
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofMinutes(8));
        try (NettySpeaker speaker = new NettySpeaker(Duration.ofSeconds(30), pace, new SplittableRandom(1))) {
            new SpeakerProcess(speaker)
                    .serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private void serve(BufferedReader in) throws Exception {
        System.out.println("ready");
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            System.out.println(answer(line.split(" ")));
        }
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "peer" -> peer(words);
            case "announce", "withdraw" -> change(words);
            case "state" -> state();
            case "clear" -> {
                speaker.clear(new PeerId(words[1]));
                yield "ok";
            }
            case "refresh" -> {
                speaker.refresh(new PeerId(words[1]));
                yield "ok";
            }
            case "forget" -> {
                peers.clear();
                yield configure();
            }
            case "sent" -> {
                PeerSnapshot peer = speaker.peers().get(0);
                yield "updates=" + peer.counters().get("messages_sent_update");
            }
            case "key" -> {
                peers.replaceAll(p -> p.id().value().equals(words[1]) ? signed(p, Secret.of(words[2])) : p);
                yield configure();
            }
            case "enable", "disable" -> enable(words[1], words[0].equals("enable"));
            default -> throw new IOException("no such command: " + String.join(" ", words));
        };
    }

    private String peer(String[] words) {
        Map<String, String> given = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            given.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        String md5 = given.get("md5");
        String ttl = given.get("ttl");
        String local = given.get("local");
        peers.add(new PeerSettings(
                new PeerId(given.get("id")),
                "default",
                IpAddress.parse(given.get("address")),
                179,
                local == null ? null : IpAddress.parse(local),
                AsNumber.parse(given.get("local-as")),
                RouterId.parse(given.get("router-id")),
                AsNumber.parse(given.get("as")),
                Duration.ofSeconds(9),
                Duration.ofSeconds(3),
                md5 == null ? null : Secret.of(md5),
                ttl == null ? null : Integer.valueOf(ttl),
                Set.of(AddressFamily.IPV4, AddressFamily.IPV6),
                given.containsKey("passive"),
                true,
                LinkBandwidth.valueOf(given.getOrDefault("bandwidth", "NONE")),
                ""));
        listen = given.containsKey("listen") || given.containsKey("passive");
        return configure();
    }

    private String configure() {
        int port = listen ? 179 : 0;
        speaker.configure(new SpeakerSettings(port, peers));
        return "ok";
    }

    private static PeerSettings signed(PeerSettings p, Secret key) {
        return new PeerSettings(
                p.id(),
                p.speaker(),
                p.address(),
                p.port(),
                p.localAddress(),
                p.localAs(),
                p.routerId(),
                p.remoteAs(),
                p.holdTime(),
                p.keepalive(),
                key,
                p.ttlHops(),
                p.families(),
                p.passive(),
                p.enabled(),
                p.linkBandwidth(),
                p.description());
    }

    private String enable(String id, boolean enabled) {
        peers.replaceAll(p -> !p.id().value().equals(id)
                ? p
                : new PeerSettings(
                        p.id(),
                        p.speaker(),
                        p.address(),
                        p.port(),
                        p.localAddress(),
                        p.localAs(),
                        p.routerId(),
                        p.remoteAs(),
                        p.holdTime(),
                        p.keepalive(),
                        p.md5Password(),
                        p.ttlHops(),
                        p.families(),
                        p.passive(),
                        enabled,
                        p.linkBandwidth(),
                        p.description()));
        return configure();
    }

    private String change(String[] words) throws Exception {
        WantedRoute wanted = new WantedRoute(
                new Route(IpPrefix.parse(words[1]), IpAddress.parse(words[2])),
                null,
                words.length > 3 ? Float.parseFloat(words[3]) : 0);
        RouteChange change = words[0].equals("announce") ? RouteChange.announce(wanted) : RouteChange.withdraw(wanted);
        TreeSet<String> states = new TreeSet<>();
        for (var delivery : owner.apply(List.of(change)).entrySet()) {
            states.add(delivery.getKey() + "="
                    + delivery.getValue()
                            .toCompletableFuture()
                            .get(10, java.util.concurrent.TimeUnit.SECONDS)
                            .state());
        }
        return String.join(" ", states);
    }

    private String state() {
        List<String> all = new ArrayList<>();
        for (PeerSnapshot peer : speaker.peers()) {
            all.add(peer.settings().id() + "=" + peer.state() + " announced=" + peer.announced() + " up="
                    + peer.counters().get("established_transitions") + " error=" + peer.lastError());
        }
        return String.join("; ", all);
    }
}
