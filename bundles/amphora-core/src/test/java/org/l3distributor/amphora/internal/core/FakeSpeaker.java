// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/**
 * A speaker whose peers are established and take everything at once, unless they are told to be slow or down. It
 * outlives the cores of a test, as the real one does.
 */
final class FakeSpeaker implements BgpSpeaker, RouteOwner {
    final Set<WantedRoute> wanted = new LinkedHashSet<>();
    final List<String> calls = new ArrayList<>();
    final Set<PeerId> down = new LinkedHashSet<>();
    final Set<PeerId> slow = new LinkedHashSet<>();
    final Set<AddressFamily> unsupported = new LinkedHashSet<>();
    final Instant clock = Instant.parse("2026-01-01T00:00:00Z");
    final OwnShare own = new OwnShare();
    CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    boolean left;
    int configured;
    private final Map<PeerId, List<CompletableFuture<Delivery>>> waiting = new HashMap<>();
    private SpeakerSettings settings = SpeakerSettings.NONE;

    @Override
    public void configure(SpeakerSettings newSettings) {
        if (!newSettings.equals(settings)) {
            configured++;
            settings = newSettings;
        }
    }

    @Override
    public SpeakerSettings settings() {
        return settings;
    }

    @Override
    public RouteOwner owner(String name) {
        if (name.equals("own")) {
            own.left = false;
            return own;
        }
        left = false;
        return this;
    }

    /** The share of what the host serves itself. */
    final class OwnShare implements RouteOwner {
        final Set<WantedRoute> wanted = new LinkedHashSet<>();
        Runnable whenReplaced = () -> {};
        boolean left;

        @Override
        public Map<PeerId, CompletionStage<Delivery>> apply(List<RouteChange> changes) {
            throw new AssertionError("own routes are replaced as a whole, got " + changes);
        }

        @Override
        public Map<PeerId, CompletionStage<Delivery>> replaceAll(Collection<WantedRoute> routes) {
            whenReplaced.run();
            left = false;
            boolean same = wanted.equals(Set.copyOf(routes));
            wanted.clear();
            wanted.addAll(routes);
            return deliveries(same ? List.of() : peerIds(), false);
        }

        @Override
        public void leave() {
            left = true;
        }
    }

    @Override
    public Map<PeerId, CompletionStage<Delivery>> apply(List<RouteChange> changes) {
        Set<PeerId> meant = new LinkedHashSet<>();
        boolean suppressed = false;
        for (RouteChange change : changes) {
            WantedRoute route = change.wanted();
            boolean announce = change.action() == RouteChange.Action.ANNOUNCE;
            if (announce ? wanted.add(route) : wanted.remove(route)) {
                calls.add((announce ? "+" : "-") + text(route));
            }
            suppressed |= unsupported.contains(route.route().prefix().family());
            peerIds().stream()
                    .filter(id -> route.peer() == null || id.equals(route.peer()))
                    .forEach(meant::add);
        }
        return deliveries(meant, suppressed);
    }

    static String text(WantedRoute route) {
        return route.route().prefix() + " " + route.route().nextHop() + " "
                + (route.peer() == null ? "*" : route.peer())
                + (route.bandwidth() == 0 ? "" : " " + Math.round(route.bandwidth()) + " B/s");
    }

    private List<PeerId> peerIds() {
        return settings.peers().stream().map(PeerSettings::id).toList();
    }

    private Map<PeerId, CompletionStage<Delivery>> deliveries(Collection<PeerId> meant, boolean suppressed) {
        Map<PeerId, CompletionStage<Delivery>> stages = new LinkedHashMap<>();
        for (PeerId peer : meant) {
            CompletableFuture<Delivery> stage = new CompletableFuture<>();
            stages.put(peer, stage);
            if (suppressed) {
                stage.complete(new Delivery(Delivery.State.SUPPRESSED, null, "family not negotiated"));
            } else if (down.contains(peer)) {
                stage.complete(new Delivery(Delivery.State.SESSION_DOWN, null, "session is Idle"));
            } else if (slow.contains(peer)) {
                waiting.computeIfAbsent(peer, p -> new ArrayList<>()).add(stage);
            } else {
                stage.complete(new Delivery(Delivery.State.WRITTEN, clock, null));
            }
        }
        return stages;
    }

    /** The slow peer's socket takes everything. */
    void flush(PeerId peer) {
        List<CompletableFuture<Delivery>> stages = waiting.remove(peer);
        if (stages != null) {
            stages.forEach(stage -> stage.complete(new Delivery(Delivery.State.WRITTEN, clock, null)));
        }
    }

    @Override
    public Map<PeerId, CompletionStage<Delivery>> replaceAll(Collection<WantedRoute> routes) {
        left = false;
        Set<WantedRoute> gone = new LinkedHashSet<>(wanted);
        gone.removeAll(Set.copyOf(routes));
        gone.forEach(route -> calls.add("-" + text(route)));
        wanted.removeAll(gone);
        routes.stream().filter(wanted::add).forEach(route -> calls.add("+" + text(route)));
        return deliveries(peerIds(), false);
    }

    @Override
    public void leave() {
        left = true;
    }

    @Override
    public List<PeerSnapshot> peers() {
        return settings.peers().stream().map(this::snapshot).toList();
    }

    private PeerSnapshot snapshot(PeerSettings peer) {
        boolean up = peer.enabled() && !down.contains(peer.id());
        return new PeerSnapshot(
                peer,
                up ? SessionState.ESTABLISHED : SessionState.IDLE,
                clock,
                null,
                null,
                up ? peer.holdTime() : null,
                up ? peer.keepalive() : null,
                up ? peer.families() : Set.of(),
                List.of(),
                List.of(),
                Map.of("messages_sent_update", 3L, "established_transitions", 1L),
                wanted.size(),
                0,
                up ? null : "connection refused",
                null);
    }

    @Override
    public CompletionStage<List<AdvertisedRoute>> advertised(@Nullable PeerId peer) {
        List<AdvertisedRoute> table = new ArrayList<>();
        for (PeerId one : peerIds()) {
            for (WantedRoute route : union()) {
                boolean meant = route.peer() == null || route.peer().equals(one);
                if (meant && (peer == null || peer.equals(one))) {
                    table.add(entry(one, route));
                }
            }
        }
        return CompletableFuture.completedFuture(table);
    }

    private Set<WantedRoute> union() {
        Set<WantedRoute> union = new LinkedHashSet<>(wanted);
        union.addAll(own.wanted);
        return union;
    }

    private AdvertisedRoute entry(PeerId peer, WantedRoute route) {
        if (unsupported.contains(route.route().prefix().family())) {
            return new AdvertisedRoute(
                    peer, route.route(), route.bandwidth(), Delivery.State.SUPPRESSED, null, "family not negotiated");
        }
        return down.contains(peer)
                ? new AdvertisedRoute(
                        peer, route.route(), route.bandwidth(), Delivery.State.SESSION_DOWN, null, "session is Idle")
                : new AdvertisedRoute(peer, route.route(), route.bandwidth(), Delivery.State.WRITTEN, clock, null);
    }

    @Override
    public List<PeerEvent> events(@Nullable PeerId peer) {
        return peerIds().stream()
                .filter(one -> peer == null || peer.equals(one))
                .map(one -> new PeerEvent(clock.minusSeconds(60), one, "state", "state=Idle->Established"))
                .toList();
    }

    @Override
    public void clear(PeerId peer) {
        calls.add("clear " + peer);
    }

    @Override
    public void refresh(PeerId peer) {
        calls.add("refresh " + peer);
    }

    @Override
    public CompletionStage<Void> settled() {
        return settled;
    }

    @Override
    public AutoCloseable listen(Consumer<PeerEvent> listener) {
        return () -> {};
    }
}
