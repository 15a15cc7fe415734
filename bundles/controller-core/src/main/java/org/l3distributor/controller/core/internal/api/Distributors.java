// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.run.Writer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.DistributorRules;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Distributors for operators, in the tables. */
final class Distributors implements DistributorAdminService {
    private static final String WHAT = "Distributor";

    private final Desk desk;
    private final Function<String, Optional<DistributorDriver>> drivers;
    private final String defaultId;

    /**
     * @param drivers by type of distributor
     * @param defaultId who leads traffic to load balancers whose users chose nobody
     */
    Distributors(Desk desk, Function<String, Optional<DistributorDriver>> drivers, String defaultId) {
        this.desk = desk;
        this.drivers = drivers;
        this.defaultId = defaultId;
    }

    private static DistributorView view(Transaction tx, Distributor distributor) {
        TreeSet<String> loadBalancers = new TreeSet<>(tx.distributors().loadBalancers(distributor.id()));
        tx.loadBalancers().page(Query.where("l3d_distributor_id", distributor.id())).stream()
                .map(LoadBalancer::id)
                .forEach(loadBalancers::add);
        return new DistributorView(
                distributor,
                Snapshots.speakers(tx, distributor.id()).stream()
                        .map(Amphora::id)
                        .toList(),
                List.copyOf(loadBalancers));
    }

    private <T> CompletionStage<Outcome<T>> change(ControllerStore.Work<Outcome<T>> work) {
        return Profiles.answered(desk.ask(work)).thenApply(outcome -> {
            desk.nudge();
            return outcome;
        });
    }

    @Override
    public CompletionStage<Outcome<DistributorView>> create(Distributor distributor) {
        if (drivers.apply(distributor.type()).isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.invalid(
                    "distributor_type",
                    distributor.type(),
                    "Invalid input for field/attribute distributor_type. Value: '" + distributor.type()
                            + "'. There is no driver for it")));
        }
        return change(tx -> {
            Distributor made = distributor.with(ProvisioningStatus.PENDING_CREATE);
            tx.distributors().insert(made);
            new Writer(tx).begin(Kind.DISTRIBUTOR_CREATE, made.id(), Memo.EMPTY);
            return Outcome.done(view(tx, made));
        });
    }

    @Override
    public CompletionStage<Outcome<DistributorView>> find(String id) {
        return desk.ask(tx -> Desk.found(tx.distributors().find(id).map(d -> view(tx, d)), WHAT, id));
    }

    @Override
    public CompletionStage<Outcome<List<DistributorView>>> list(ListQuery query) {
        return desk.ask(tx -> query.page(
                tx.distributors().page(Query.all()).stream()
                        .map(d -> view(tx, d))
                        .toList(),
                Attributes.DISTRIBUTORS));
    }

    /** With another redundancy next hops are placed again at once, unless the driver is being told something anyway. */
    @Override
    public CompletionStage<Outcome<DistributorView>> change(Distributor expected, Distributor next) {
        return change(tx -> {
            if (tx.distributors().find(expected.id()).isEmpty()) {
                return Outcome.refused(Words.notFound(WHAT, expected.id()));
            }
            if (!tx.distributors().update(expected, next)) {
                return Outcome.refused(Refusal.conflict(
                        "id",
                        expected.id(),
                        WHAT + " " + expected.id() + " was changed meanwhile; look at it and try again."));
            }
            if (expected.redundancy() != next.redundancy()
                    && tx.tasks().findOpen(next.id()).isEmpty()) {
                new Writer(tx).begin(Kind.DISTRIBUTOR_REPAIR, next.id(), Memo.EMPTY);
            }
            return Outcome.done(view(tx, tx.distributors().find(next.id()).orElseThrow()));
        });
    }

    @Override
    public CompletionStage<Outcome<DistributorView>> delete(String id) {
        return change(tx -> {
            Optional<Distributor> old = tx.distributors().lock(id);
            if (old.isEmpty()) {
                return Outcome.refused(Words.notFound(WHAT, id));
            }
            List<Refusal> reasons = DistributorRules.deletable(view(tx, old.get()));
            if (!reasons.isEmpty()) {
                return Outcome.refused(reasons);
            }
            if (id.equals(defaultId)) {
                return Outcome.refused(Refusal.conflict(
                        "id",
                        id,
                        WHAT + " " + id
                                + " leads traffic to load balancers whose users chose none, and cannot be deleted."));
            }
            if (tx.tasks().findOpen(id).isPresent()) {
                return Outcome.refused(Words.immutable(WHAT, id));
            }
            Distributor next = old.get().with(ProvisioningStatus.PENDING_DELETE);
            tx.distributors().update(old.get(), next);
            new Writer(tx).begin(Kind.DISTRIBUTOR_DELETE, id, Memo.EMPTY);
            return Outcome.done(view(tx, next));
        });
    }

    @Override
    public CompletionStage<Outcome<DistributorStatus>> status(String id) {
        return Desk.then(
                desk.ask(tx -> Desk.found(tx.distributors().find(id), WHAT, id)),
                distributor -> drivers.apply(distributor.type())
                        .map(driver -> driver.status(id).thenApply(Distributors::told))
                        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady(
                                "There is no driver for distributors of type " + distributor.type() + ".")))));
    }

    private static Outcome<DistributorStatus> told(DriverResult<DistributorStatus> result) {
        if (result instanceof DriverResult.Done<DistributorStatus> done) {
            return Outcome.done(done.value());
        } else if (result instanceof DriverResult.Unfinished<DistributorStatus> unfinished) {
            return Outcome.done(unfinished.value());
        } else if (result instanceof DriverResult.Refused<DistributorStatus> refused) {
            return Outcome.refused(refused.reasons());
        }
        String why = result instanceof DriverResult.Failed<DistributorStatus> failed ? failed.reason() : "taken back";
        return Outcome.refused(Refusal.notReady("The distributor's driver can't tell: " + why));
    }

    @Override
    public CompletionStage<Outcome<DistributorView>> repair(String id) {
        return change(tx -> {
            Optional<Distributor> found = tx.distributors().lock(id);
            if (found.isEmpty()) {
                return Outcome.refused(Words.notFound(WHAT, id));
            }
            boolean begun = tx.tasks()
                    .findOpen(id)
                    .map(open -> Kind.valueOf(open.kind()) == Kind.DISTRIBUTOR_REPAIR)
                    .orElseGet(() -> {
                        new Writer(tx).begin(Kind.DISTRIBUTOR_REPAIR, id, Memo.EMPTY);
                        return true;
                    });
            if (begun) {
                tx.tasks().hasten(id);
            }
            return begun ? Outcome.done(view(tx, found.get())) : Outcome.refused(Words.immutable(WHAT, id));
        });
    }

    @Override
    public CompletionStage<Outcome<AmphoraView>> addAmphora(String id, List<String> speakerIds) {
        return change(tx -> {
            Optional<Distributor> distributor = tx.distributors().lock(id);
            if (distributor.isEmpty()) {
                return Outcome.refused(Words.notFound(WHAT, id));
            }
            if (!distributor.get().dedicated()) {
                return Outcome.refused(Refusal.conflict(
                        "id", id, WHAT + " " + id + " has no amphorae of its own: its topology is COMBINED."));
            }
            if (distributor.get().status() == ProvisioningStatus.PENDING_DELETE) {
                return Outcome.refused(Words.immutable(WHAT, id));
            }
            Optional<String> unknown = speakerIds.stream()
                    .filter(s -> tx.speakers().find(s).isEmpty())
                    .findFirst();
            if (unknown.isPresent()) {
                return Outcome.refused(Words.subresource("speaker_ids", "Speaker", unknown.get()));
            }
            return Outcome.done(added(tx, id, speakerIds));
        });
    }

    private static AmphoraView added(Transaction tx, String distributorId, List<String> speakerIds) {
        Amphora made = Amphora.planned(UUID.randomUUID().toString(), null, "distributor", tx.now())
                .speakingFor(distributorId);
        tx.amphorae().insert(made);
        for (String speaker : speakerIds.stream().distinct().toList()) {
            tx.speakers().assign(speaker, made.id());
        }
        Profiles.checked(tx);
        new Writer(tx).begin(Kind.SPEAKER_CREATE, made.id(), Memo.about(distributorId));
        return Amphorae.view(tx, made);
    }
}
