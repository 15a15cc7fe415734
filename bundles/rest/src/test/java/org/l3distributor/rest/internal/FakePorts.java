// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/** A distributor with one router and no wire. */
final class FakePorts implements DistributorService, PeerService {
    static final PeerId TOR = new PeerId("tor1");
    static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05.000006Z");

    final Map<String, Registration> registered = new TreeMap<>();
    boolean enabled = true;
    boolean slow;
    CompletionStage<Outcome<RegistrationStatus>> next;

    void reset() {
        registered.clear();
        enabled = true;
        slow = false;
        next = null;
    }

    private RegistrationStatus status(Registration r, RouteState state) {
        PeerRoute route = slow
                ? new PeerRoute(TOR, RouteState.PENDING, null, RegistrationStatus.STILL_WRITING)
                : new PeerRoute(TOR, state, WRITTEN, null);
        return new RegistrationStatus(r, List.of(route));
    }

    @Override
    public CompletionStage<Outcome<RegistrationStatus>> register(Registration r) {
        if (next != null) {
            return next;
        }
        if (r.peer() != null && !r.peer().equals(TOR)) {
            return done(Outcome.refused(Refusal.invalid("peer_id", r.peer().value(), "must be one of tor1")));
        }
        Optional<Registration> other = registered.values().stream()
                .filter(o -> o.vip().equals(r.vip()) && !o.nextHop().equals(r.nextHop()))
                .findFirst();
        if (other.isPresent()) {
            return done(Outcome.refused(Refusal.conflict(
                    "nexthop_ip",
                    r.nextHop().toString(),
                    "peer tor1 has next hop " + other.get().nextHop() + " for this VIP")));
        }
        registered.put(marker(r), r);
        // From another thread, as the core does it.
        return CompletableFuture.supplyAsync(() -> Outcome.done(status(r, RouteState.ANNOUNCED)));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> registerAll(List<Registration> all) {
        all.forEach(r -> registered.put(marker(r), r));
        return done(Outcome.done(
                all.stream().map(r -> status(r, RouteState.ANNOUNCED)).toList()));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> unregister(Removal removal) {
        List<RegistrationStatus> removed = remove(removal);
        return done(
                removed.isEmpty()
                        ? Outcome.refused(
                                Refusal.notFound("vip_ip", removal.vip().toString(), "isn't registered so"))
                        : Outcome.done(removed));
    }

    @Override
    public CompletionStage<Outcome<RemovalResult>> unregisterAll(List<Removal> removals) {
        List<RegistrationStatus> removed = new ArrayList<>();
        List<Removal> absent = new ArrayList<>();
        for (Removal removal : removals) {
            List<RegistrationStatus> rows = remove(removal);
            removed.addAll(rows);
            if (rows.isEmpty()) {
                absent.add(removal);
            }
        }
        return done(Outcome.done(new RemovalResult(removed, absent)));
    }

    private List<RegistrationStatus> remove(Removal removal) {
        List<Registration> rows = registered.values().stream()
                .filter(r -> r.owner().equals(removal.owner())
                        && r.vip().equals(removal.vip())
                        && r.nextHop().equals(removal.nextHop()))
                .toList();
        rows.forEach(r -> registered.remove(marker(r)));
        return rows.stream().map(r -> status(r, RouteState.WITHDRAWN)).toList();
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> list(boolean amphorae, int limit, String marker) {
        if (marker != null && !marker.contains("|")) {
            throw new IllegalArgumentException("not a marker: " + marker);
        }
        return done(Outcome.done(registered.entrySet().stream()
                .filter(e -> e.getValue().owner() instanceof Owner.Amphora == amphorae)
                .filter(e -> marker == null || e.getKey().compareTo(marker) > 0)
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .limit(limit)
                .map(e -> status(e.getValue(), RouteState.ANNOUNCED))
                .toList()));
    }

    @Override
    public String marker(Registration r) {
        return r.vip() + "|" + r.nextHop() + "|" + r.owner();
    }

    @Override
    public List<PeerView> peers() {
        return List.of(view());
    }

    private PeerView view() {
        return new PeerView(
                TOR,
                "default",
                IpAddress.parse("10.10.10.1"),
                IpAddress.parse("10.10.10.21"),
                new AsNumber(64512),
                new AsNumber(4200000000L),
                RouterId.parse("10.10.10.21"),
                null,
                enabled ? "Established" : "Idle",
                enabled ? null : PeerView.HeldDown.OPERATOR,
                false,
                true,
                1,
                "non_transitive",
                WRITTEN,
                java.time.Duration.ofSeconds(9),
                java.time.Duration.ofSeconds(3),
                List.of("ipv4"),
                List.of(),
                List.of(),
                Map.of("flaps", 2L),
                3,
                0,
                null,
                null,
                "");
    }

    @Override
    public Optional<PeerView> peer(PeerId id) {
        return id.equals(TOR) ? Optional.of(view()) : Optional.empty();
    }

    @Override
    public CompletionStage<Outcome<List<AdvertisedView>>> advertised(PeerId id) {
        if (!TOR.equals(id)) {
            return done(Outcome.refused(Refusal.notFound("peer_id", id.value(), "is no peer")));
        }
        return done(Outcome.done(registered.values().stream()
                .map(r -> new AdvertisedView(
                        TOR, IpPrefix.host(r.vip()), r.nextHop(), 375_000.0, RouteState.ANNOUNCED, WRITTEN, null))
                .toList()));
    }

    @Override
    public List<EventView> events(PeerId id, int limit) {
        return List.of(new EventView(WRITTEN, "tor1", "state", "state=OPEN_CONFIRM->ESTABLISHED"));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> disable(PeerId id) {
        enabled = false;
        return done(Outcome.done(view()));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> enable(PeerId id) {
        enabled = true;
        return done(Outcome.done(view()));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> clear(PeerId id) {
        return done(Outcome.done(view()));
    }

    @Override
    public CompletionStage<Outcome<PeerView>> refresh(PeerId id) {
        return done(Outcome.done(view()));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedStage(value);
    }
}
