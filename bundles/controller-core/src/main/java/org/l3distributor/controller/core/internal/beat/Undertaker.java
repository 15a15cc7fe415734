// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.health.Breaker;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget.Verdict;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.run.Writer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/**
 * Declares silent amphorae dead: claims them, and stores a task to replace each, in one transaction with the budget's
 * books. Any number of controllers may do so at once: an amphora is claimed by one of them. For one thread.
 */
final class Undertaker {
    private static final int AT_ONCE = 50;

    /**
     * @param silence how long it may last, and when it's the network's
     * @param grace for so long nobody is declared dead when the tables are there again, or for the first time: while they
     *     were away, or no controller was there, nobody could write who lives
     */
    record Settings(Silence silence, WithdrawalBudget budget, Duration grace) {}

    /** What a look has found. */
    private record Look(Breaker.Verdict verdict, Instant at) {}

    private final ControllerStore store;
    private final Settings settings;
    private volatile int held;
    private @Nullable Instant reachableSince;

    Undertaker(ControllerStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** How many are silent and, since they're so many, not declared dead. */
    int held() {
        return held;
    }

    /**
     * One look.
     *
     * @return the amphorae that were declared dead, for which tasks are stored now
     */
    List<String> look() throws StoreException {
        try {
            Look look = store.in(tx -> new Look(judge(tx, settings.silence()), tx.now()));
            Instant since = reachableSince == null ? look.at() : reachableSince;
            reachableSince = since;
            if (look.at().isBefore(since.plus(settings.grace()))) {
                return List.of(); // nor is anybody held: whoever lives hasn't been heard yet
            }
            held = look.verdict().held().size();
            return declare(look.verdict());
        } catch (StoreException e) {
            reachableSince = null;
            throw e;
        }
    }

    /** What is to be thought of those that aren't heard. */
    static Breaker.Verdict judge(Transaction tx, Silence silence) {
        Instant now = tx.now();
        List<AmphoraHealth> late = tx.health().silent(now.minus(silence.late()));
        return Breaker.judge(silence, late, tx.health().count(), now);
    }

    private List<String> declare(Breaker.Verdict verdict) throws StoreException {
        List<String> dead = new ArrayList<>();
        for (int from = 0; from < verdict.dead().size(); from += AT_ONCE) {
            List<String> some = verdict.dead()
                    .subList(from, Math.min(from + AT_ONCE, verdict.dead().size()));
            dead.addAll(store.in(tx -> declare(tx, tx.health().claim(some, silentSince(tx)), Integer.MAX_VALUE)));
        }
        for (Breaker.Mass mass : verdict.masses()) {
            if (!mass.trial().isEmpty()) {
                dead.addAll(store.in(tx -> tryOne(tx, mass)));
            }
        }
        return dead;
    }

    private Instant silentSince(Transaction tx) {
        return tx.now().minus(settings.silence().timeout());
    }

    /** Another controller may have tried one since this one looked: its row is seen now, since those claimed here are locked. */
    private List<String> tryOne(Transaction tx, Breaker.Mass mass) {
        List<String> some =
                mass.trial().subList(0, Math.min(AT_ONCE, mass.trial().size()));
        List<AmphoraHealth> claimed = tx.health().claim(some, silentSince(tx));
        boolean tried = mass.trial().stream()
                .filter(id -> claimed.stream().noneMatch(row -> row.amphoraId().equals(id)))
                .anyMatch(id -> tx.health().find(id).filter(AmphoraHealth::busy).isPresent());
        return declare(tx, claimed, tried ? 0 : 1);
    }

    /** Of some that are claimed, so many at most; the others are given back. */
    private List<String> declare(Transaction tx, List<AmphoraHealth> claimed, int most) {
        List<String> dead = new ArrayList<>();
        for (AmphoraHealth silent : claimed) {
            String id = silent.amphoraId();
            if (tx.amphorae().find(id).isEmpty()) {
                tx.health().delete(id); // it was deleted meanwhile: nobody died
            } else if (dead.size() < most && !declare(tx, id).equals(Verdict.LATER)) {
                dead.add(id);
            } else {
                tx.health().setBusy(id, false);
            }
        }
        return dead;
    }

    private Verdict declare(Transaction tx, String amphoraId) {
        Optional<Amphora> found = tx.amphorae().find(amphoraId).filter(a -> a.status() == ProvisioningStatus.ALLOCATED);
        Optional<String> distributor = found.map(Amphora::distributorId);
        if (distributor.isPresent()) {
            return speaker(tx, distributor.get(), found.get());
        }
        Optional<LoadBalancer> locked = found.map(Amphora::loadBalancerId)
                .flatMap(id -> tx.loadBalancers().lock(id));
        // Of a load balancer that is being made or deleted another task takes care; one that isn't there has no
        // amphorae.
        if (locked.isEmpty()
                || locked.get().header().provisioning() == ProvisioningStatus.PENDING_DELETE
                || locked.get().header().provisioning() == ProvisioningStatus.PENDING_CREATE) {
            return Verdict.LATER;
        }
        LoadBalancer loadBalancer = locked.get();
        Amphora amphora = tx.amphorae().find(amphoraId).orElse(found.get());
        Verdict verdict = verdict(tx, loadBalancer, amphoraId);
        if (verdict == Verdict.LATER || !new Writer(tx).replace(amphora, verdict == Verdict.REPLACE_FIRST)) {
            return Verdict.LATER;
        }
        if (verdict == Verdict.WITHDRAW) {
            tx.withdrawals()
                    .insert(new Withdrawal(UUID.randomUUID().toString(), loadBalancer.id(), amphoraId, tx.now()));
        }
        degrade(tx, loadBalancer);
        return verdict;
    }

    /** A dedicated speaker. What is taken out of a distributor counts by its id, as for a load balancer. */
    private Verdict speaker(Transaction tx, String distributorId, Amphora silent) {
        if (tx.distributors().lock(distributorId).isEmpty()) {
            return Verdict.LATER;
        }
        List<Amphora> all = Snapshots.speakers(tx, distributorId);
        Amphora speaker = tx.amphorae().find(silent.id()).orElse(silent);
        Verdict verdict =
                settings.budget().decide(all.size(), well(tx, all, speaker.id()).size(), takenOut(tx, distributorId));
        if (verdict == Verdict.LATER || !new Writer(tx).replaceSpeaker(speaker, verdict == Verdict.REPLACE_FIRST)) {
            return Verdict.LATER;
        }
        if (verdict == Verdict.WITHDRAW) {
            tx.withdrawals()
                    .insert(new Withdrawal(UUID.randomUUID().toString(), distributorId, speaker.id(), tx.now()));
        }
        return verdict;
    }

    private int takenOut(Transaction tx, String ownerId) {
        return tx.withdrawals().since(ownerId, tx.now().minus(settings.budget().window()));
    }

    private Verdict verdict(Transaction tx, LoadBalancer loadBalancer, String amphoraId) {
        Set<String> well = well(tx, Snapshots.amphorae(tx, loadBalancer.id()), amphoraId);
        return settings.budget().decide(loadBalancer.amphoraCount(), well.size(), takenOut(tx, loadBalancer.id()));
    }

    /** The others that are in service and were heard. */
    private Set<String> well(Transaction tx, List<Amphora> all, String amphoraId) {
        Instant since = silentSince(tx);
        Set<String> well = new HashSet<>();
        for (Amphora other : all) {
            boolean heard = tx.health()
                    .find(other.id())
                    .filter(row -> !row.busy() && !row.lastUpdate().isBefore(since))
                    .isPresent();
            if (other.status() == ProvisioningStatus.ALLOCATED
                    && heard
                    && !other.id().equals(amphoraId)) {
                well.add(other.id());
            }
        }
        return well;
    }

    /** What its users see, until the replacement is there. */
    private static void degrade(Transaction tx, LoadBalancer loadBalancer) {
        long serving = Snapshots.amphorae(tx, loadBalancer.id()).stream()
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED)
                .count();
        OperatingStatus next = serving == 0 ? OperatingStatus.ERROR : OperatingStatus.DEGRADED;
        LoadBalancer read = tx.loadBalancers().find(loadBalancer.id()).orElse(loadBalancer);
        tx.loadBalancers().update(read, read.with(read.header().with(next)));
    }
}
