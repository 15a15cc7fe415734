// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Announcements;
import org.l3distributor.amphora.internal.wanted.Decision;
import org.l3distributor.amphora.internal.wanted.Order;
import org.l3distributor.amphora.internal.wanted.Registry;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.net.IpAddress;

/**
 * Register, unregister, list: reserved in the wanted state, made durable, then given to the speaker; the answer waits
 * for the wire, up to a bound.
 */
final class Registrar implements DistributorService {
    static final Duration WIRE_BOUND = Duration.ofSeconds(5);
    /** So many requests may wait for the loop and the store together; further ones are told to come again. */
    static final int MOST_WAITING = 1024;

    private static final int LARGEST_PAGE = 10_000;

    private final Loop loop;
    private final Answers answers;
    private final Registry registry;
    private final ChangeQueue queue;
    private final StoreLink store;
    private final Announcer announcer;
    private final BgpSpeaker speaker;
    private final Supplier<Announcements> announcements;
    private final Journal journal;
    private final AtomicInteger waiting = new AtomicInteger();

    Registrar(
            Loop loop,
            Answers answers,
            Registry registry,
            ChangeQueue queue,
            StoreLink store,
            Announcer announcer,
            BgpSpeaker speaker,
            Supplier<Announcements> announcements,
            Journal journal) {
        this.loop = loop;
        this.answers = answers;
        this.registry = registry;
        this.queue = queue;
        this.store = store;
        this.announcer = announcer;
        this.speaker = speaker;
        this.announcements = announcements;
        this.journal = journal;
    }

    @Override
    public CompletionStage<Outcome<RegistrationStatus>> register(Registration registration) {
        List<Registration> rows = List.of(registration);
        return this.<RegistrationStatus>submit(
                () -> registry.register(rows, announcements.get().terms(), false),
                (decision, answer) ->
                        announce(rows, decision, answer, statuses -> answer.complete(Outcome.done(statuses.get(0)))));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> registerAll(List<Registration> registrations) {
        List<Registration> rows = List.copyOf(new LinkedHashSet<>(registrations));
        return this.<List<RegistrationStatus>>submit(
                () -> registry.register(registrations, announcements.get().terms(), true),
                (decision, answer) ->
                        announce(rows, decision, answer, statuses -> answer.complete(Outcome.done(statuses))));
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> unregister(Removal removal) {
        return this.<List<RegistrationStatus>>submit(
                () -> registry.unregister(List.of(removal), false),
                (decision, answer) -> withdraw(
                        decision,
                        answer,
                        result -> answer.complete(
                                result.removed().isEmpty()
                                        ? Outcome.refused(notFound(removal))
                                        : Outcome.done(result.removed()))));
    }

    @Override
    public CompletionStage<Outcome<RemovalResult>> unregisterAll(List<Removal> removals) {
        return this.<RemovalResult>submit(
                () -> registry.unregister(removals, true),
                (decision, answer) -> withdraw(decision, answer, result -> answer.complete(Outcome.done(result))));
    }

    /** Decides on the loop, and goes on when all that the decision rests on is durable. */
    private <T> CompletionStage<Outcome<T>> submit(
            Supplier<Decision> rule, BiConsumer<Decision, CompletableFuture<Outcome<T>>> durable) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(
                    Outcome.refused(Refusal.notReady("more than " + MOST_WAITING + " requests wait for the store")));
        }
        return answers.outcome(answer -> {
            String closed = store.isOpen() ? null : store.fault();
            if (closed != null) {
                waiting.decrementAndGet();
                answer.complete(Outcome.refused(StoreLink.refusal(closed)));
                return;
            }
            Decision decision = rule.get();
            queue.add(
                    decision.change(),
                    () -> {
                        waiting.decrementAndGet();
                        Answers.guarded(answer, () -> settle(decision, durable, answer));
                    },
                    fault -> {
                        waiting.decrementAndGet();
                        answer.complete(Outcome.refused(StoreLink.refusal(fault)));
                    });
        });
    }

    private static <T> void settle(
            Decision decision,
            BiConsumer<Decision, CompletableFuture<Outcome<T>>> durable,
            CompletableFuture<Outcome<T>> answer) {
        if (decision.isRefused()) {
            answer.complete(Outcome.refused(decision.refusals()));
        } else {
            durable.accept(decision, answer);
        }
    }

    private void announce(
            List<Registration> rows,
            Decision decision,
            CompletableFuture<?> answer,
            Consumer<List<RegistrationStatus>> then) {
        Announcements now = announcements.get();
        Deliveries underWay = announcer.announce(rows, now);
        journal.registered(decision.change().added()); // writing the line takes as long as the route does to its peers
        underWay.await(
                WIRE_BOUND,
                deliveries -> Answers.guarded(answer, () -> {
                    deliveries.failIfBroken();
                    Runnable byDelivery = () -> then.accept(rows.stream()
                            .map(row -> Statuses.registered(row, now, deliveries))
                            .toList());
                    if (rows.size() > 1 && deliveries.anyAt(Delivery.State.SUPPRESSED)) {
                        answers.await( // the peer refuses some of the rows: its table says which
                                speaker.advertised(null),
                                WIRE_BOUND,
                                table -> then.accept(Statuses.listed(rows, now, table)),
                                byDelivery,
                                answer);
                    } else {
                        byDelivery.run();
                    }
                }));
    }

    private void withdraw(Decision decision, CompletableFuture<?> answer, Consumer<RemovalResult> then) {
        List<Registration> removed = decision.change().removed();
        List<Announcer.Withdrawal> withdrawals = new ArrayList<>();
        List<Removal> absent = new ArrayList<>();
        for (Removal removal : decision.absent()) {
            List<Announcer.Withdrawal> earlier = announcer.unfinished(removal);
            withdrawals.addAll(earlier);
            if (earlier.isEmpty()) {
                absent.add(removal);
            }
        }
        if (!removed.isEmpty()) {
            withdrawals.add(announcer.withdraw(removed, announcements.get()));
        }
        journal.unregistered(removed);
        Instant until = loop.now().plus(WIRE_BOUND);
        awaitAll(withdrawals, until, answer, () -> then.accept(new RemovalResult(statuses(withdrawals), absent)));
    }

    /** Until every peer has told of every withdrawal, or the bound is over. All of them are under way already. */
    private void awaitAll(
            List<Announcer.Withdrawal> withdrawals, Instant until, CompletableFuture<?> answer, Runnable then) {
        Duration left = Duration.between(loop.now(), until);
        Optional<Deliveries> open = withdrawals.stream()
                .map(Announcer.Withdrawal::deliveries)
                .filter(deliveries -> !deliveries.complete())
                .findFirst();
        if (open.isEmpty() || left.isNegative() || left.isZero()) {
            withdrawals.forEach(w -> w.deliveries().failIfBroken());
            then.run();
            return;
        }
        open.get().await(left, told -> Answers.guarded(answer, () -> awaitAll(withdrawals, until, answer, then)));
    }

    private static List<RegistrationStatus> statuses(List<Announcer.Withdrawal> withdrawals) {
        return withdrawals.stream()
                .flatMap(w -> w.rows().stream().map(row -> Statuses.removed(row, w.deliveries())))
                .toList();
    }

    @Override
    public CompletionStage<Outcome<List<RegistrationStatus>>> list(
            boolean amphorae, int limit, @Nullable String marker) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit must be 1.." + LARGEST_PAGE + ", got " + limit);
        }
        NavigableSet<Registration> all = registry.rows(amphorae);
        NavigableSet<Registration> from = marker == null ? all : all.tailSet(Order.place(marker), false);
        return answers.<List<RegistrationStatus>>outcome(answer -> {
            if (!store.wasRead()) {
                answer.complete(Outcome.refused(store.unread()));
                return;
            }
            List<Registration> page = from.stream().limit(limit).toList();
            Announcements now = announcements.get();
            answers.await(
                    page.isEmpty() ? CompletableFuture.completedFuture(List.<AdvertisedRoute>of()) : advertised(page),
                    WIRE_BOUND,
                    table -> answer.complete(Outcome.done(Statuses.listed(page, now, table))),
                    () -> answer.completeExceptionally(
                            new IllegalStateException("the speaker hasn't shown its routes within " + WIRE_BOUND)),
                    answer);
        });
    }

    private CompletionStage<List<AdvertisedRoute>> advertised(List<Registration> page) {
        boolean onePeer = page.stream().map(Registration::peer).distinct().count() == 1;
        return speaker.advertised(onePeer ? page.get(0).peer() : null);
    }

    @Override
    public String marker(Registration registration) {
        return Order.marker(registration);
    }

    private Refusal notFound(Removal removal) {
        List<IpAddress> others = registry.nextHops(removal.owner(), removal.vip());
        boolean sameHop = others.contains(removal.nextHop());
        return others.isEmpty()
                ? Refusal.notFound("vip_ip", removal.vip().toString(), "is not registered by " + removal.owner())
                : Refusal.notFound(
                        sameHop ? "peer_id" : "nexthop_ip",
                        sameHop
                                ? String.valueOf(removal.peer())
                                : removal.nextHop().toString(),
                        "is not what " + removal.owner() + " has registered for " + removal.vip()
                                + (sameHop ? "" : "; its next hops: " + others));
    }
}
