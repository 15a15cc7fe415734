// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Announcements;
import org.l3distributor.amphora.internal.wanted.Gate;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.amphora.internal.wanted.OwnGate;
import org.l3distributor.amphora.internal.wanted.OwnTable;
import org.l3distributor.amphora.internal.wanted.Registry;
import org.l3distributor.amphora.internal.wanted.Terms;
import org.l3distributor.amphora.internal.wanted.Weights;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;

/**
 * What this host serves itself: announced under an owner of its own, never stored, and the gate of the registrations
 * that name one of this host's addresses as next hop. Lives on the loop.
 */
final class Own implements OwnRoutes {
    /** How long a caller that takes a VIP down is kept waiting for a slow peer's socket. */
    static final Duration WIRE_BOUND = Duration.ofSeconds(1);

    /** As long as the speaker keeps the routes of an owner that went away. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final String OWNER = "own";
    private static final String ROLE = "amphora";
    private static final String GONE = "nobody looks after the load balancer: its part of the appliance has stopped";

    private final Loop loop;
    private final Answers answers;
    private final BgpSpeaker speaker;
    private final RouteOwner routes;
    private final Registry registry;
    private final ChangeQueue queue;
    private final Announcer announcer;
    private final Journal journal;
    private final OwnGate gate;
    private Terms terms = new Terms(null, Host.UNKNOWN);
    private volatile boolean held;
    private volatile Withdrawals withdrawals = Withdrawals.NONE;
    private boolean wasTold;
    private boolean left;
    private boolean knowsRoles;
    private boolean hasRole;
    private boolean lostRole;
    private Loop.@Nullable Cancellable grace;
    private final List<Consumer<Boolean>> weighers = new ArrayList<>();
    private Weights weights = Weights.NONE;
    private Loop.@Nullable Cancellable weightsDue;
    /** Whether some peer weighs next hops; null until there was a profile. Then what an earlier core has said stands. */
    private @Nullable Boolean weighing;

    Own(
            Loop loop,
            Answers answers,
            BgpSpeaker speaker,
            Registry registry,
            ChangeQueue queue,
            Announcer announcer,
            Journal journal,
            OwnGate gate) {
        this.loop = loop;
        this.answers = answers;
        this.speaker = speaker;
        this.routes = speaker.owner(OWNER);
        this.registry = registry;
        this.queue = queue;
        this.announcer = announcer;
        this.journal = journal;
        this.gate = gate;
        routes.leave(); // what the core before this one announced stays for the grace time: somebody must say it is
        // served
    }

    @Override
    public CompletionStage<Void> serve(List<OwnVip> vips, Instant seen) {
        OwnTable next = new OwnTable(vips);
        return answers.<Void>value(written -> {
            left = false;
            held = true;
            wasTold = true;
            OwnTable before = gate.table();
            Deliveries deliveries = replace(next, "unplugged");
            deliveries.await(WIRE_BOUND, told -> written.complete(null));
            List<IpAddress> lost = before.lostIn(next);
            if (!lost.isEmpty()) {
                deliveries.whenComplete(() -> withdrawn(lost, seen, deliveries));
            }
        });
    }

    @Override
    public AutoCloseable weighing(Consumer<Boolean> listener) {
        loop.execute(() -> {
            weighers.add(listener);
            if (weighing != null) {
                listener.accept(weighing);
            }
        });
        return () -> loop.execute(() -> weighers.remove(listener));
    }

    /** Nothing to tell when no session is up: then nothing was written. */
    private void withdrawn(List<IpAddress> vips, Instant seen, Deliveries deliveries) {
        deliveries.written().ifPresent(at -> {
            Duration after = Duration.between(seen, at);
            withdrawals = withdrawals.and(after);
            journal.ownWithdrawn(vips, after);
        });
    }

    /** How long withdrawals took. Any thread. */
    Withdrawals withdrawals() {
        return withdrawals;
    }

    /** True while somebody looks after a load balancer here, be it one without VIPs. Any thread. */
    boolean isHeld() {
        return held;
    }

    /**
     * These roles are installed. When that of the load balancer is taken away nobody will come back within the grace
     * time, and what this host served isn't its to announce any more. Whoever looks after it goes before or after this
     * is told.
     */
    void roles(Set<String> installed) {
        boolean has = installed.contains(ROLE);
        lostRole = !has && (hasRole || lostRole);
        hasRole = has;
        knowsRoles = !installed.isEmpty();
        if (left && lostRole) {
            forget();
        }
    }

    /**
     * The profile's bounds are these from now on. Before this core was told anything, the routes are those of the one
     * before it, and the speaker's grace time for them runs. They go at once where the role has gone with it.
     */
    void under(Terms newTerms) {
        terms = newTerms;
        boolean weighs = newTerms.isWeighing();
        if (weighing == null || weighing != weighs) {
            weighing = weighs;
            weighers.forEach(listener -> listener.accept(weighs));
        }
        boolean nobodysAnyMore = knowsRoles && !hasRole;
        if ((wasTold || nobodysAnyMore) && !left) {
            announce(Own::nothingToTell);
        }
    }

    private static void nothingToTell() {}

    private Deliveries replace(OwnTable next, String gone) {
        OwnTable before = gate.table();
        boolean others = queue.durableRows().stream()
                .anyMatch(row -> !gate.standing(row, next).equals(gate.standing(row, before)));
        gate.set(next);
        registry.served(next::servedWith);
        if (others) {
            announcer.replaceAll(queue.durableRows(), new Announcements(terms, gate));
        }
        return announce(() -> tell(before, next, gone));
    }

    private void tell(OwnTable before, OwnTable next, String gone) {
        Set<OwnVip> known = before.vips().stream().map(OwnVip::uncounted).collect(Collectors.toSet());
        next.vips().stream().filter(own -> !known.contains(own.uncounted())).forEach(journal::own);
        Set<IpAddress> still = next.vips().stream().map(OwnVip::vip).collect(Collectors.toSet());
        before.vips().stream().filter(own -> !still.contains(own.vip())).forEach(own -> journal.ownGone(own, gone));
    }

    /** @param tell writes the lines of what led to this: after the route, for they take longer than it does to its peers */
    private Deliveries announce(Runnable tell) {
        Weights before = weights;
        weights = before.next(gate.table().vips(), weighing == null || weighing, loop.now());
        Announcements bounds = new Announcements(terms, Gate.REGISTERED);
        List<WantedRoute> wanted = new ArrayList<>();
        for (Registration row : gate.table().served()) {
            float bandwidth = weights.of(row.vip());
            bounds.of(row).forEach(route -> wanted.add(route.withBandwidth(bandwidth)));
        }
        Deliveries underWay = new Deliveries(loop, routes.replaceAll(wanted));
        tell.run();
        weighed(before);
        return underWay;
    }

    private void weighed(Weights before) {
        weights.said().forEach((vip, said) -> {
            if (said.known() && !said.equals(before.said().get(vip))) {
                journal.weighed(vip, said);
            }
        });
        if (weightsDue != null) {
            weightsDue.cancel();
            weightsDue = null;
        }
        if (weights.due() != null) {
            weightsDue = loop.after(Duration.between(loop.now(), weights.due()), this::sayWeights);
        }
    }

    /** What was held back has waited long enough. */
    private void sayWeights() {
        weightsDue = null;
        if (!left) {
            announce(Own::nothingToTell);
        }
    }

    @Override
    public CompletionStage<List<OwnVipStatus>> list() {
        return answers.<List<OwnVipStatus>>value(answer -> {
            List<OwnVip> vips = gate.table().vips();
            Announcements now = new Announcements(terms, gate);
            answers.await(
                    vips.isEmpty()
                            ? CompletableFuture.completedFuture(List.<AdvertisedRoute>of())
                            : speaker.advertised(null),
                    Registrar.WIRE_BOUND,
                    advertised -> answer.complete(vips.stream()
                            .map(own -> status(own, now, advertised))
                            .toList()),
                    () -> answer.completeExceptionally(new IllegalStateException(
                            "the speaker hasn't shown its routes within " + Registrar.WIRE_BOUND)),
                    answer);
        });
    }

    private static OwnVipStatus status(OwnVip own, Announcements now, List<AdvertisedRoute> advertised) {
        return new OwnVipStatus(
                own,
                Statuses.listed(OwnTable.row(own), now, advertised).stream()
                        .flatMap(status -> status.peers().stream())
                        .toList());
    }

    /** The routes stay for the speaker's owner grace time, for whoever comes after the caller. Any thread. */
    @Override
    public void leave() {
        loop.execute(() -> {
            left = true;
            routes.leave();
            if (lostRole) {
                forget();
                return;
            }
            if (grace != null) {
                grace.cancel();
            }
            grace = loop.after(GRACE, this::forsaken);
        });
    }

    /** Nobody came: then nobody can say any more that this host serves anything. */
    private void forsaken() {
        if (left) {
            held = false;
            replace(
                    new OwnTable(gate.table().vips().stream()
                            .map(own -> new OwnVip(own.vip(), own.nextHop(), false, GONE))
                            .toList()),
                    "forsaken");
        }
    }

    /** From here on this is an appliance without load balancers, as it would be after a restart. */
    private void forget() {
        held = false;
        replace(OwnTable.EMPTY, "role_removed");
    }

    /** The last task of the loop. */
    void leaveNow() {
        routes.leave();
    }
}
