// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.api.Desk.Edited;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.VipPorts;
import org.l3distributor.controller.core.internal.run.MemoJson;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerChange;
import org.l3distributor.distributor.controller.LoadBalancerDraft;
import org.l3distributor.distributor.controller.LoadBalancerPlace;
import org.l3distributor.distributor.controller.LoadBalancerRules;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerView;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Load balancers, in the tables. */
final class LoadBalancers implements LoadBalancerService {
    /** Longer than any allocation of addresses takes: then its task finds that nobody has finished it. */
    private static final Duration ALLOCATION = Duration.ofMinutes(2);

    private final Desk desk;
    private final int amphorae;

    /** @param amphorae how many a load balancer has, at least 1 */
    LoadBalancers(Desk desk, int amphorae) {
        this.desk = desk;
        this.amphorae = amphorae;
    }

    /**
     * The row comes first, without an address, and with the task that ends it if nobody else does: so no port is ever made
     * for a load balancer that nobody knows.
     */
    @Override
    public CompletionStage<Outcome<LoadBalancerTree>> create(LoadBalancerDraft draft, String projectId) {
        String id = UUID.randomUUID().toString();
        Optional<NetworkDriver> driver = desk.networks();
        if (driver.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady("There is no network driver.")));
        }
        return Desk.then(
                desk.snapshot(),
                networks -> Desk.then(
                        CompletableFuture.completedFuture(LoadBalancerRules.place(draft, networks)),
                        place -> Desk.then(
                                stored(id, projectId, draft, place), stored -> addressed(driver.get(), id, place))));
    }

    private CompletionStage<Outcome<Boolean>> stored(
            String id, String projectId, LoadBalancerDraft draft, LoadBalancerPlace place) {
        String flavor = draft.distributorId();
        return desk.ask(tx -> {
            if (flavor != null) { // locked: who deletes it finds this load balancer
                Distributor chosen = tx.distributors().lock(flavor).orElse(null);
                Optional<Refusal> reason = LoadBalancerRules.choosable(flavor, chosen)
                        .or(() -> isMute(tx, chosen) ? Optional.of(mute(flavor)) : Optional.empty());
                if (reason.isPresent()) {
                    return Outcome.refused(reason.get());
                }
            }
            Header header = Header.created(id, projectId, draft.header(), OperatingStatus.OFFLINE, tx.now());
            tx.loadBalancers()
                    .insert(new LoadBalancer(
                            header,
                            place.vip(),
                            place.additionalVips(),
                            place.frontendNetworkId(),
                            place.frontendSubnetId(),
                            Words.PROVIDER,
                            "ACTIVE_ACTIVE",
                            Objects.requireNonNullElse(draft.amphoraCount(), amphorae),
                            flavor));
            tx.tasks().insert(task(tx, id).again(tx.now().plus(ALLOCATION), "", tx.now()));
            return Outcome.done(true);
        });
    }

    /** Whether it has speakers of its own, and none that announces. */
    private static boolean isMute(Transaction tx, @Nullable Distributor chosen) {
        return chosen != null
                && chosen.dedicated()
                && Snapshots.speakers(tx, chosen.id()).stream()
                        .noneMatch(a -> a.status() == ProvisioningStatus.ALLOCATED);
    }

    private static Refusal mute(String flavorId) {
        return Refusal.conflict(
                "flavor_id",
                flavorId,
                "Distributor " + flavorId + " has no amphora in service that could announce a VIP.");
    }

    private static Task task(Transaction tx, String id) {
        return Task.begin(
                UUID.randomUUID().toString(), Kind.LB_CREATE.name(), id, "RUN", MemoJson.write(Memo.EMPTY), tx.now());
    }

    private CompletionStage<Outcome<LoadBalancerTree>> addressed(
            NetworkDriver driver, String id, LoadBalancerPlace place) {
        List<Vip> wishes = new ArrayList<>(List.of(place.vip()));
        wishes.addAll(place.additionalVips());
        return allocated(driver, id, wishes, new ArrayList<>()).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Refused<List<Vip>> refused) {
                return undone(id, refused.reasons());
            }
            List<Vip> vips = ((Outcome.Done<List<Vip>>) outcome).value();
            CompletionStage<Outcome<LoadBalancerTree>> written = desk.ask(tx -> {
                LoadBalancer old = tx.loadBalancers().lock(id).orElseThrow();
                if (!tx.loadBalancers().update(old, old.withVips(vips.get(0), vips.subList(1, vips.size())))) {
                    throw new IllegalStateException("changed under its lock: load balancer " + id);
                }
                tx.tasks().hasten(id);
                LoadBalancer now = tx.loadBalancers().find(id).orElseThrow();
                return Outcome.done(new LoadBalancerTree(now, List.of(), List.of()));
            });
            return written.thenApply(done -> {
                desk.nudge();
                return done;
            });
        });
    }

    private static CompletionStage<Outcome<List<Vip>>> allocated(
            NetworkDriver driver, String id, List<Vip> wishes, List<Vip> done) {
        if (done.size() == wishes.size()) {
            return CompletableFuture.completedFuture(Outcome.done(List.copyOf(done)));
        }
        Vip wish = wishes.get(done.size());
        return Desk.then(
                driver.allocateVip(
                        VipPorts.name(id, done.size()), wish.networkId(), wish.subnetId(), wish.address(), id),
                port -> {
                    done.add(allocated(wish, port));
                    return allocated(driver, id, wishes, done);
                });
    }

    private static Vip allocated(Vip wish, Port port) {
        return wish.allocated(port.addresses().get(0).address(), port.id());
    }

    /** What was stored is deleted, with the ports that were made already, by the flow that deletes load balancers. */
    private CompletionStage<Outcome<LoadBalancerTree>> undone(String id, List<Refusal> reasons) {
        CompletionStage<Outcome<Boolean>> gone = desk.ask(tx -> {
            LoadBalancer old = tx.loadBalancers().lock(id).orElseThrow();
            tx.loadBalancers().update(old, old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
            Task open = tx.tasks().findOpen(id).orElseThrow();
            tx.tasks().save(open.over("refused", tx.now()));
            Desk.begin(tx, Kind.LB_DELETE, id);
            return Outcome.done(true);
        });
        return gone.thenApply(ignored -> {
            desk.nudge();
            return Outcome.refused(reasons);
        });
    }

    @Override
    public CompletionStage<Outcome<LoadBalancerTree>> find(String id) {
        return desk.ask(tx ->
                Desk.found(tx.loadBalancers().find(id).map(lb -> Snapshots.tree(tx, lb)), Words.LOAD_BALANCER, id));
    }

    @Override
    public CompletionStage<Outcome<List<LoadBalancerView>>> list(ListQuery query) {
        return desk.ask(tx -> Desk.map(
                new ListPages<>(
                                tx.loadBalancers(),
                                LoadBalancer::id,
                                rows -> rows.stream()
                                        .map(lb -> new LoadBalancerView(lb, List.of(), List.of()))
                                        .toList(),
                                Attributes.LOAD_BALANCERS)
                        .page(query, Query.all()),
                page -> filled(tx, page)));
    }

    private static List<LoadBalancerView> filled(Transaction tx, List<LoadBalancerView> page) {
        List<String> ids = page.stream().map(v -> v.loadBalancer().id()).toList();
        Map<String, List<Listener>> listeners =
                ListPages.parts(tx.listeners(), "load_balancer_id", Listener::loadBalancerId, ids);
        Map<String, List<Pool>> pools = ListPages.parts(tx.pools(), "load_balancer_id", Pool::loadBalancerId, ids);
        return page.stream()
                .map(LoadBalancerView::loadBalancer)
                .map(lb -> new LoadBalancerView(
                        lb,
                        listeners.getOrDefault(lb.id(), List.of()).stream()
                                .map(Listener::id)
                                .toList(),
                        pools.getOrDefault(lb.id(), List.of()).stream()
                                .map(Pool::id)
                                .toList()))
                .toList();
    }

    @Override
    public CompletionStage<Outcome<LoadBalancerView>> change(String id, LoadBalancerChange change) {
        return desk.edit(
                tx -> Optional.of(id),
                Words.notFound(Words.LOAD_BALANCER, id),
                change.scales() ? Kind.LB_SCALE : Kind.LB_CONFIG,
                (tree, now) ->
                        stepped(tree, LoadBalancerRules.changeable(tree.loadBalancer()), old -> change.of(old, now)));
    }

    @Override
    public CompletionStage<Outcome<LoadBalancerView>> delete(String id, boolean cascade) {
        return step(
                id,
                Kind.LB_DELETE,
                tree -> LoadBalancerRules.deletable(tree.view(), cascade),
                ProvisioningStatus.PENDING_DELETE);
    }

    @Override
    public CompletionStage<Outcome<LoadBalancerView>> failover(String id) {
        return step(
                id,
                Kind.LB_FAILOVER,
                tree -> LoadBalancerRules.failoverable(tree.loadBalancer()),
                ProvisioningStatus.PENDING_UPDATE);
    }

    private CompletionStage<Outcome<LoadBalancerView>> step(
            String id, Kind kind, Function<LoadBalancerTree, Optional<Refusal>> rule, ProvisioningStatus next) {
        return desk.edit(
                tx -> Optional.of(id),
                Words.notFound(Words.LOAD_BALANCER, id),
                kind,
                (tree, now) -> stepped(
                        tree, rule.apply(tree), old -> old.with(old.header().with(next))));
    }

    private static Outcome<Edited<LoadBalancerView>> stepped(
            LoadBalancerTree tree, Optional<Refusal> refusal, UnaryOperator<LoadBalancer> change) {
        return Desk.refusedOr(refusal.stream().toList(), () -> {
            LoadBalancerTree next = Trees.with(tree, change.apply(tree.loadBalancer()));
            return Edited.of(next, next.view());
        });
    }

    @Override
    public CompletionStage<Outcome<Statistics>> statistics(String id) {
        return desk.ask(tx -> tx.loadBalancers().find(id).isPresent()
                ? Outcome.done(Sums.of(
                        tx,
                        tx.listeners().page(Query.where("load_balancer_id", id)).stream()
                                .map(Listener::id)
                                .toList()))
                : Outcome.refused(Words.notFound(Words.LOAD_BALANCER, id)));
    }
}
