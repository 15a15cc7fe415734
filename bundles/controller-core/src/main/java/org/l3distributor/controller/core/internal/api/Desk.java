// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.run.MemoJson;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.NetworkSnapshot;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreBusy;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/** What all services share: the tables, a thread to ask them, and how a change of a load balancer is written. */
final class Desk {
    /** A change of a load balancer with all that belongs to it: the next one, and the answer; or why not. */
    interface Edit<T> {
        Outcome<Edited<T>> of(LoadBalancerTree tree, Instant now);
    }

    record Edited<T>(LoadBalancerTree next, T answer) {
        static <T> Outcome<Edited<T>> of(LoadBalancerTree next, T answer) {
            return Outcome.done(new Edited<>(next, answer));
        }
    }

    private final ControllerStore store;
    private final Supplier<Optional<NetworkDriver>> networks;
    private final Executor executor;
    private final Runnable nudge;

    /**
     * @param executor its threads wait for the tables
     * @param nudge a task was stored; returns at once
     */
    Desk(ControllerStore store, Supplier<Optional<NetworkDriver>> networks, Executor executor, Runnable nudge) {
        this.store = store;
        this.networks = networks;
        this.executor = executor;
        this.nudge = nudge;
    }

    Optional<NetworkDriver> networks() {
        return networks.get();
    }

    void nudge() {
        nudge.run();
    }

    /** One transaction; a database that doesn't answer is a refusal, with nothing changed. */
    <T> CompletionStage<Outcome<T>> ask(ControllerStore.Work<Outcome<T>> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return store.in(work);
                        } catch (StoreConflict e) {
                            return Outcome.refused(Refusal.conflict("", null, String.valueOf(e.getMessage())));
                        } catch (StoreBusy e) {
                            return Outcome.refused(Refusal.notReady("The database is busy: " + e.getMessage()));
                        } catch (StoreException e) {
                            return Outcome.refused(Refusal.notReady("The database does not answer: " + e.getMessage()));
                        }
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady("The controller is stopping.")));
        }
    }

    /**
     * Changes a load balancer, and stores a task of the kind for it.
     *
     * @param find its id, by whatever the caller knows; empty: {@code absent} is refused
     */
    <T> CompletionStage<Outcome<T>> edit(
            Function<Transaction, Optional<String>> find, Refusal absent, Kind kind, Edit<T> edit) {
        CompletionStage<Outcome<T>> answer = ask(tx -> {
            Optional<LoadBalancer> found =
                    find.apply(tx).flatMap(id -> tx.loadBalancers().lock(id));
            if (found.isEmpty()) {
                return Outcome.refused(absent);
            }
            LoadBalancerTree tree = Snapshots.tree(tx, found.get());
            Outcome<Edited<T>> outcome = edit.of(tree, tx.now());
            if (outcome instanceof Outcome.Refused<Edited<T>> refused) {
                return Outcome.refused(refused.reasons());
            }
            Edited<T> edited = ((Outcome.Done<Edited<T>>) outcome).value();
            if (tx.tasks()
                    .findOpen(found.get().id())
                    .isPresent()) { // an old one that wasn't over when its state said so
                return Outcome.refused(Words.pending(found.get()));
            }
            TreeWriter.write(tx, tree, edited.next());
            begin(tx, kind, found.get().id());
            return Outcome.done(edited.answer());
        });
        return answer.thenApply(outcome -> {
            if (outcome instanceof Outcome.Done<T>) {
                nudge.run();
            }
            return outcome;
        });
    }

    static void begin(Transaction tx, Kind kind, String loadBalancerId) {
        tx.tasks()
                .insert(Task.begin(
                        UUID.randomUUID().toString(),
                        kind.name(),
                        loadBalancerId,
                        "RUN",
                        MemoJson.write(Memo.EMPTY),
                        tx.now()));
    }

    /** All networks and subnets; refused where nobody knows them. */
    CompletionStage<Outcome<NetworkSnapshot>> snapshot() {
        Optional<NetworkDriver> driver = networks.get();
        if (driver.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady("There is no network driver.")));
        }
        return then(
                driver.get().networks(NetworkQuery.ALL),
                all -> then(
                        driver.get().subnets(NetworkQuery.ALL),
                        subnets -> CompletableFuture.completedFuture(Outcome.done(new NetworkSnapshot(all, subnets)))));
    }

    static <A, B> CompletionStage<Outcome<B>> then(
            CompletionStage<Outcome<A>> stage, Function<A, CompletionStage<Outcome<B>>> next) {
        return stage.thenCompose(outcome -> outcome instanceof Outcome.Done<A> done
                ? next.apply(done.value())
                : CompletableFuture.completedFuture(Outcome.refused(((Outcome.Refused<A>) outcome).reasons())));
    }

    static <A, B> Outcome<B> map(Outcome<A> outcome, Function<A, B> next) {
        return outcome instanceof Outcome.Done<A> done
                ? Outcome.done(next.apply(done.value()))
                : Outcome.refused(((Outcome.Refused<A>) outcome).reasons());
    }

    static <T> Outcome<T> refusedOr(List<Refusal> refusals, Supplier<Outcome<T>> otherwise) {
        return refusals.isEmpty() ? otherwise.get() : Outcome.refused(refusals);
    }

    /**
     * Edits what is there under the lock. It was found before that, and whoever held the lock may have removed it.
     *
     * @param absent is refused where it isn't there any more
     */
    static <A, T> Outcome<Edited<T>> still(Optional<A> there, Refusal absent, Function<A, Outcome<Edited<T>>> edit) {
        return there.map(edit).orElseGet(() -> Outcome.refused(absent));
    }

    static <T> Outcome<T> found(Optional<T> value, String what, String id) {
        return value.map(Outcome::done).orElseGet(() -> Outcome.refused(Words.notFound(what, id)));
    }
}
