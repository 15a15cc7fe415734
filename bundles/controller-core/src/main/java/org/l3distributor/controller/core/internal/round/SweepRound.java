// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.controller.core.internal.run.Effects;
import org.l3distributor.controller.core.internal.run.Round;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/**
 * Forgets tasks that have been over for long, and withdrawals that no budget asks for any more. Compares the machines and ports that there are with the tables. What no row knows, left by a controller that died between
 * making and forgetting or by tables that were lost, is removed after a grace. Amphorae that nobody waits for are waited for
 * from now on; where the machine is gone, as one that has been silent for long, so that it is replaced with all that keeps
 * replacements in bounds.
 */
public final class SweepRound implements Round {
    /**
     * @param pause between two rounds
     * @param grace for which something must have been unknown before it is removed
     * @param patience with a driver
     */
    public record Settings(Duration pause, Duration grace, Duration patience) {}

    /** So many are removed in a round. */
    private static final int MOST = 10;

    /** For so long it can be looked up what a task came to; no window of a budget is longer than a day. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** Any heartbeat would have come in such a time. */
    private static final Duration LONG_SILENT = Duration.ofDays(2);

    private static final Pattern PORT = Pattern.compile("amp-([0-9a-f-]{36})-(mgmt|frontend)");

    private final ControllerStore store;
    private final DriverSet drivers;
    private final Effects effects;
    private final Settings settings;
    private final RoundLog log;

    /** @param effects does what {@link Effect.Destroy} says */
    public SweepRound(ControllerStore store, DriverSet drivers, Effects effects, Settings settings, RoundLog log) {
        this.store = store;
        this.drivers = drivers;
        this.effects = effects;
        this.settings = settings;
        this.log = log;
    }

    private record Read(Set<String> known, Instant now) {}

    @Override
    public Left go(String data) throws StoreException {
        store.run(tx -> {
            Instant before = tx.now().minus(KEPT);
            tx.tasks().forget(before);
            tx.withdrawals().forget(before);
            // Written by somebody who had read its amphora before that was deleted.
            tx.health().forget();
        });
        Optional<ComputeDriver> compute = drivers.compute();
        Optional<NetworkDriver> network = drivers.network();
        if (compute.isEmpty() || network.isEmpty()) {
            return new Left(data, settings.pause(), "there is no compute or no network driver");
        }
        Outcome<List<Instance>> machines = answer(compute.get()::list);
        Outcome<List<Port>> ports = answer(() -> network.get().ports(NetworkQuery.ALL));
        if (!(machines instanceof Outcome.Done<List<Instance>> all)
                || !(ports instanceof Outcome.Done<List<Port>> every)) {
            return new Left(data, settings.pause(), "a driver doesn't tell what there is");
        }
        Set<String> running = new HashSet<>();
        all.value().stream().filter(i -> i.state() != Instance.State.DELETED).forEach(i -> running.add(i.amphoraId()));
        Set<String> found = new HashSet<>();
        all.value().forEach(i -> found.add(i.amphoraId()));
        every.value().forEach(port -> owner(port).ifPresent(found::add));
        Read read = store.in(tx -> read(tx, running)); // after the lists: a row comes before its machine
        Strays strays = Strays.of(found, read.known(), Notes.read(data), read.now(), settings.grace(), MOST);
        Map<String, Long> since = new HashMap<>(strays.since());
        List<String> troubles = new ArrayList<>();
        for (String id : strays.due()) {
            String trouble = removed(id);
            if (trouble.isEmpty()) {
                since.remove(id);
            } else {
                troubles.add(trouble);
            }
        }
        return new Left(Notes.write(since), settings.pause(), String.join("; ", troubles));
    }

    private interface Question<T> {
        CompletionStage<Outcome<T>> ask();
    }

    /** Null where the driver throws, hangs or is taken away. */
    private <T> @Nullable Outcome<T> answer(Question<T> question) {
        try {
            return question.ask()
                    .toCompletableFuture()
                    .copy()
                    .completeOnTimeout(null, settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                    .handle((outcome, fault) -> outcome)
                    .join();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Optional<String> owner(Port port) {
        Matcher name = PORT.matcher(port.name());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    private static Read read(Transaction tx, Set<String> running) {
        Set<String> known = new HashSet<>();
        Set<String> watched = new HashSet<>();
        tx.health().all().forEach(row -> watched.add(row.amphoraId()));
        for (Amphora amphora : tx.amphorae().page(Query.all())) {
            known.add(amphora.id());
            boolean over = amphora.status() == ProvisioningStatus.DELETED
                    && !tx.distributors().speaks(amphora.id())
                    && tx.tasks().findOpen(amphora.id()).isEmpty();
            if (over) { // it stood for routes that have been taken back since
                tx.amphorae().delete(amphora.id());
            } else if (amphora.status() == ProvisioningStatus.ALLOCATED && !watched.contains(amphora.id())) {
                Instant heard =
                        running.contains(amphora.id()) ? tx.now() : tx.now().minus(LONG_SILENT);
                tx.health().heard(List.of(new AmphoraHealth(amphora.id(), heard, false)));
            }
        }
        return new Read(known, tx.now());
    }

    /** "" when nothing is left of it. */
    private String removed(String id) throws StoreException {
        if (store.in(tx -> tx.amphorae().find(id)).isPresent()) {
            return "";
        }
        log.removing(id);
        Result result =
                effects.start(new Effect.Destroy(id)).toCompletableFuture().join();
        return result instanceof Result.Later later ? id + ": " + later.reason() : "";
    }
}
