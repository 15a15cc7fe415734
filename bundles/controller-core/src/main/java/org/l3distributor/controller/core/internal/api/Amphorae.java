// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.health.Breaker;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.run.Writer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.SilentAmphorae;
import org.l3distributor.distributor.controller.SilentAmphorae.Silent;
import org.l3distributor.distributor.controller.SilentAmphorae.State;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Amphorae for operators, in the tables. */
final class Amphorae implements AmphoraService {
    private final Desk desk;
    private final Silence silence;

    Amphorae(Desk desk, Silence silence) {
        this.desk = desk;
        this.silence = silence;
    }

    static AmphoraView view(Transaction tx, Amphora amphora) {
        Optional<AmphoraHealth> health = tx.health().find(amphora.id());
        boolean busy = health.map(AmphoraHealth::busy).orElse(false)
                || tx.tasks().findOpen(amphora.id()).isPresent();
        return new AmphoraView(
                amphora,
                health.filter(row -> !row.givenUp())
                        .map(AmphoraHealth::lastUpdate)
                        .orElse(null),
                busy,
                tx.speakers().of(amphora.id()).stream().map(BgpSpeaker::id).toList());
    }

    /** A row that is kept for routes that are on their way out stands for no amphora. */
    private static Optional<Amphora> there(Transaction tx, String id) {
        return tx.amphorae().find(id).filter(a -> a.status() != ProvisioningStatus.DELETED);
    }

    @Override
    public CompletionStage<Outcome<AmphoraView>> find(String id) {
        return desk.ask(tx -> Desk.found(there(tx, id).map(a -> view(tx, a)), Words.AMPHORA, id));
    }

    @Override
    public CompletionStage<Outcome<List<AmphoraView>>> list(ListQuery query) {
        return desk.ask(tx -> Desk.map(
                new ListPages<>(
                                tx.amphorae(),
                                Amphora::id,
                                rows -> rows.stream()
                                        .filter(a -> a.status() != ProvisioningStatus.DELETED)
                                        .map(a -> new AmphoraView(a, null, false, List.of()))
                                        .toList(),
                                Attributes.AMPHORAE)
                        .page(query, Query.all()),
                page -> page.stream().map(v -> view(tx, v.amphora())).toList()));
    }

    @Override
    public CompletionStage<Outcome<List<ListenerStatistics>>> statistics(String id) {
        return desk.ask(tx -> {
            Optional<Amphora> amphora = there(tx, id);
            if (amphora.isEmpty()) {
                return Outcome.refused(Words.notFound(Words.AMPHORA, id));
            }
            String loadBalancerId = amphora.get().loadBalancerId();
            List<ListenerStatistics> rows = new ArrayList<>();
            if (loadBalancerId != null) {
                for (Listener listener : tx.listeners().page(Query.where("load_balancer_id", loadBalancerId))) {
                    tx.statistics().of(listener.id()).stream()
                            .filter(row -> row.amphoraId().equals(id))
                            .forEach(rows::add);
                }
            }
            return Outcome.done(rows);
        });
    }

    /** What is done with an amphora that is there and not busy; false: it is busy all the same. */
    private interface Act {
        boolean on(Transaction tx, Amphora amphora);
    }

    /** Why not; empty when it may be done. */
    private interface Rule {
        Optional<Refusal> of(Transaction tx, Amphora amphora);
    }

    private CompletionStage<Outcome<AmphoraView>> step(String id, Rule rule, Act act) {
        CompletionStage<Outcome<AmphoraView>> answer = desk.ask(tx -> {
            Optional<Amphora> seen = there(tx, id);
            Optional<LoadBalancer> owner = seen.map(Amphora::loadBalancerId)
                    .flatMap(lb -> tx.loadBalancers().lock(lb)); // before what belongs to it
            // Whether others announce is asked below: whoever takes one of them out at the same time is waited for.
            seen.map(Amphora::distributorId).ifPresent(d -> tx.distributors().lock(d));
            Optional<Amphora> found = seen.flatMap(a -> tx.amphorae().lock(id));
            if (found.isEmpty()) {
                return Outcome.refused(Words.notFound(Words.AMPHORA, id));
            }
            Amphora amphora = found.get();
            Optional<Refusal> reason = rule.of(tx, amphora);
            if (reason.isPresent()) {
                return Outcome.refused(reason.get());
            }
            boolean busy = owner.filter(Amphorae::isComingOrGoing).isPresent() || !new Writer(tx).isFree(id);
            return busy || !act.on(tx, amphora)
                    ? Outcome.refused(Words.immutable(Words.AMPHORA, id))
                    : Outcome.done(view(tx, tx.amphorae().find(id).orElse(amphora)));
        });
        return answer.thenApply(outcome -> {
            if (outcome instanceof Outcome.Done<AmphoraView>) {
                desk.nudge();
            }
            return outcome;
        });
    }

    private static boolean isComingOrGoing(LoadBalancer loadBalancer) {
        ProvisioningStatus status = loadBalancer.header().provisioning();
        return status == ProvisioningStatus.PENDING_CREATE || status == ProvisioningStatus.PENDING_DELETE;
    }

    private static Optional<Refusal> settled(Amphora amphora) {
        return amphora.status() == ProvisioningStatus.ALLOCATED || amphora.status() == ProvisioningStatus.ERROR
                ? Optional.empty()
                : Optional.of(Words.immutable(Words.AMPHORA, amphora.id()));
    }

    @Override
    public CompletionStage<Outcome<AmphoraView>> failover(String id) {
        return step(id, (tx, amphora) -> settled(amphora), Amphorae::replace);
    }

    /** The last one that serves, or speaks, stays until its successor does. */
    private static boolean replace(Transaction tx, Amphora amphora) {
        String loadBalancerId = amphora.loadBalancerId();
        Writer writer = new Writer(tx);
        if (loadBalancerId != null) {
            return writer.replace(amphora, isLast(Snapshots.amphorae(tx, loadBalancerId), amphora));
        }
        String distributorId = amphora.distributorId();
        return distributorId != null
                && writer.replaceSpeaker(amphora, isLast(Snapshots.speakers(tx, distributorId), amphora));
    }

    private static boolean isLast(List<Amphora> all, Amphora amphora) {
        return amphora.status() == ProvisioningStatus.ALLOCATED
                && all.stream()
                        .noneMatch(a -> a.status() == ProvisioningStatus.ALLOCATED && !a.id().equals(amphora.id()));
    }

    @Override
    public CompletionStage<Outcome<AmphoraView>> configure(String id) {
        return step(
                id,
                (tx, amphora) -> amphora.status() == ProvisioningStatus.ALLOCATED
                        ? Optional.empty()
                        : Optional.of(Words.immutable(Words.AMPHORA, id)),
                (tx, amphora) -> {
                    new Writer(tx).push(amphora);
                    return true;
                });
    }

    @Override
    public CompletionStage<Outcome<AmphoraView>> delete(String id) {
        return step(id, Amphorae::deletable, Amphorae::depart);
    }

    private static Optional<Refusal> deletable(Transaction tx, Amphora amphora) {
        boolean serves = amphora.loadBalancerId() != null && amphora.status() != ProvisioningStatus.ERROR;
        if (serves) {
            return Optional.of(Words.immutable(Words.AMPHORA, amphora.id()));
        }
        String distributorId = amphora.distributorId();
        boolean alone = distributorId != null
                && isLast(Snapshots.speakers(tx, distributorId), amphora)
                && !tx.distributors().loadBalancers(distributorId).isEmpty();
        return alone
                ? Optional.of(Refusal.conflict(
                        "id",
                        amphora.id(),
                        "Amphora " + amphora.id() + " is the last one that announces for distributor " + distributorId
                                + ", and cannot be deleted."))
                : Optional.empty();
    }

    private static boolean depart(Transaction tx, Amphora amphora) {
        String distributorId = amphora.distributorId();
        // A speaker leaves its distributor: its next hops are placed on others, while it can still be told to withdraw
        // them.
        Amphora next = amphora.with(ProvisioningStatus.PENDING_DELETE).speakingFor(null);
        if (!tx.amphorae().update(amphora, next)) {
            return false;
        }
        tx.health().delete(amphora.id()); // nobody waits for its heartbeats any more
        String loadBalancerId = amphora.loadBalancerId();
        new Writer(tx)
                .begin(
                        distributorId == null ? Kind.AMPHORA_DELETE : Kind.SPEAKER_DELETE,
                        amphora.id(),
                        Memo.about(Objects.requireNonNullElse(
                                loadBalancerId == null ? distributorId : loadBalancerId, "")));
        return true;
    }

    @Override
    public CompletionStage<Outcome<SilentAmphorae>> silent() {
        return desk.ask(tx -> Outcome.done(silent(tx)));
    }

    private SilentAmphorae silent(Transaction tx) {
        Instant now = tx.now();
        long all = tx.health().count();
        List<AmphoraHealth> late = tx.health().silent(now.minus(silence.late()));
        Breaker.Verdict verdict = Breaker.judge(silence, late, all, now);
        Set<String> held = verdict.held();
        Set<String> dead = Set.copyOf(verdict.dead());
        List<Silent> amphorae = new ArrayList<>();
        for (AmphoraHealth row : late) {
            String id = row.amphoraId();
            State state = row.busy() ? State.REPLACED : held.contains(id) ? State.HELD : State.DEAD;
            if (state != State.DEAD || dead.contains(id)) { // else it's late, and may be heard yet
                amphorae.add(new Silent(id, row.givenUp() ? null : row.lastUpdate(), state));
            }
        }
        return new SilentAmphorae(all, Breaker.threshold(all), amphorae);
    }

    /** They're declared dead by whoever looks next, within the budget. */
    @Override
    public CompletionStage<Outcome<SilentAmphorae>> confirmSilent() {
        return desk.ask(tx -> {
            tx.health().giveUp(tx.now().minus(silence.timeout()));
            return Outcome.done(silent(tx));
        });
    }
}
