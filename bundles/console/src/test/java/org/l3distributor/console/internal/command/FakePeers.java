// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.PeerView.HeldDown;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/** Two peers, one of them down. */
final class FakePeers implements PeerService {
    /** Long ago and not exactly: the text says days and hours. */
    static final Instant LONG_AGO = Instant.now().minus(Duration.ofHours(50)).minusSeconds(90);

    static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05.678Z");

    final List<String> calls = new ArrayList<>();
    private final List<PeerView> peers = List.of(
            peer("tor1", "192.0.2.1", "Established", null, null),
            peer("tor2", "2001:db8::2", "Idle", HeldDown.OPERATOR, "Hold timer expired"));

    static PeerView peer(String id, String address, String state, @Nullable HeldDown heldDown, @Nullable String error) {
        boolean up = state.equals("Established");
        return new PeerView(
                new PeerId(id),
                "default",
                IpAddress.parse(address),
                up ? IpAddress.parse("192.0.2.10") : null,
                new AsNumber(64512),
                new AsNumber(4_200_000_001L),
                RouterId.parse("192.0.2.10"),
                up ? RouterId.parse("192.0.2.1") : null,
                state,
                heldDown,
                false,
                true,
                up ? 1 : null,
                up ? "transitive" : "none",
                LONG_AGO,
                up ? Duration.ofSeconds(9) : null,
                up ? Duration.ofSeconds(3) : null,
                List.of("ipv4", "ipv6"),
                List.of("MP-BGP ipv4 unicast", "4-octet AS"),
                List.of(),
                Map.of("updates_sent", 3L, "keepalives_sent", 17L),
                up ? 2 : 0,
                up ? 0 : 2,
                error,
                error == null ? null : LONG_AGO,
                "");
    }

    @Override
    public List<PeerView> peers() {
        return peers;
    }

    @Override
    public Optional<PeerView> peer(PeerId id) {
        return peers.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    @Override
    public CompletionStage<Outcome<List<AdvertisedView>>> advertised(@Nullable PeerId id) {
        calls.add("advertised " + id);
        return CompletableFuture.completedFuture(Outcome.done(List.of(new AdvertisedView(
                new PeerId("tor1"),
                IpPrefix.parse("203.0.113.10/32"),
                IpAddress.parse("192.0.2.10"),
                375_000.0,
                RouteState.ANNOUNCED,
                WRITTEN,
                null))));
    }

    @Override
    public List<EventView> events(@Nullable PeerId id, int limit) {
        calls.add("events " + id + " " + limit);
        return List.of(
                new EventView(WRITTEN, "tor1", "state", "state=OPEN_CONFIRM->ESTABLISHED"),
                new EventView(WRITTEN, null, "profile", "origin=pushed"));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> disable(PeerId id) {
        return maintain("disable", id);
    }

    @Override
    public CompletionStage<Outcome<PeerView>> enable(PeerId id) {
        return maintain("enable", id);
    }

    @Override
    public CompletionStage<Outcome<PeerView>> clear(PeerId id) {
        return maintain("clear", id);
    }

    @Override
    public CompletionStage<Outcome<PeerView>> refresh(PeerId id) {
        return maintain("refresh", id);
    }

    private CompletionStage<Outcome<PeerView>> maintain(String what, PeerId id) {
        calls.add(what + " " + id);
        return CompletableFuture.completedFuture(peer(id).<Outcome<PeerView>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused(
                        Refusal.notFound("peer_id", id.value(), "is not a configured peer; known are tor1, tor2"))));
    }
}
