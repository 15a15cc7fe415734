// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.net.PeerId;

/** Keeps registrations in a list; tor1 is up and tor2 is down. */
final class FakeDistributor implements DistributorService {
    final List<Registration> rows = new ArrayList<>();

    private static RegistrationStatus status(Registration registration) {
        return new RegistrationStatus(
                registration,
                List.of(
                        new PeerRoute(new PeerId("tor1"), RouteState.ANNOUNCED, FakePeers.WRITTEN, null),
                        new PeerRoute(new PeerId("tor2"), RouteState.PENDING, null, "session is Idle")));
    }

    private static RegistrationStatus gone(Registration registration) {
        return new RegistrationStatus(
                registration,
                List.of(new PeerRoute(new PeerId("tor1"), RouteState.WITHDRAWN, FakePeers.WRITTEN, null)));
    }

    @Override
    public CompletionStage<Outcome<RegistrationStatus>> register(Registration registration) {
        rows.add(registration);
        return CompletableFuture.completedFuture(Outcome.done(status(registration)));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> registerAll(List<Registration> registrations) {
        rows.addAll(registrations);
        return CompletableFuture.completedFuture(
                Outcome.done(registrations.stream().map(FakeDistributor::status).toList()));
    }

    private List<Registration> take(Removal removal) {
        List<Registration> taken = rows.stream()
                .filter(r -> r.owner().equals(removal.owner())
                        && r.vip().equals(removal.vip())
                        && r.nextHop().equals(removal.nextHop()))
                .toList();
        rows.removeAll(taken);
        return taken;
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> unregister(Removal removal) {
        List<Registration> taken = take(removal);
        return CompletableFuture.completedFuture(
                taken.isEmpty()
                        ? Outcome.refused(
                                Refusal.notFound("vip_ip", removal.vip().toString(), "isn't registered so"))
                        : Outcome.done(taken.stream().map(FakeDistributor::gone).toList()));
    }

    @Override
    public CompletionStage<Outcome<RemovalResult>> unregisterAll(List<Removal> removals) {
        List<RegistrationStatus> removed = new ArrayList<>();
        List<Removal> absent = new ArrayList<>();
        for (Removal removal : removals) {
            List<Registration> taken = take(removal);
            taken.forEach(r -> removed.add(gone(r)));
            if (taken.isEmpty()) {
                absent.add(removal);
            }
        }
        return CompletableFuture.completedFuture(Outcome.done(new RemovalResult(removed, absent)));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> list(
            boolean amphorae, int limit, @Nullable String marker) {
        if (marker != null && !marker.startsWith("after-")) {
            throw new IllegalArgumentException("not a marker: " + marker);
        }
        return CompletableFuture.completedFuture(Outcome.done(rows.stream()
                .filter(r -> r.owner() instanceof Owner.Amphora == amphorae)
                .filter(r -> marker == null || marker(r).compareTo(marker) > 0)
                .limit(limit)
                .map(FakeDistributor::status)
                .toList()));
    }

    @Override
    public String marker(Registration registration) {
        return "after-" + registration.vip();
    }
}
