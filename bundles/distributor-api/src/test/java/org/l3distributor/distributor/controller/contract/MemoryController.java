// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller.contract;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HealthMonitorChange;
import org.l3distributor.distributor.controller.HealthMonitorDraft;
import org.l3distributor.distributor.controller.HealthMonitorRules;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerChange;
import org.l3distributor.distributor.controller.ListenerDraft;
import org.l3distributor.distributor.controller.ListenerRules;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerChange;
import org.l3distributor.distributor.controller.LoadBalancerDraft;
import org.l3distributor.distributor.controller.LoadBalancerPlace;
import org.l3distributor.distributor.controller.LoadBalancerRules;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.LoadBalancerView;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.MemberChange;
import org.l3distributor.distributor.controller.MemberDraft;
import org.l3distributor.distributor.controller.MemberRules;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.NetworkSnapshot;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolChange;
import org.l3distributor.distributor.controller.PoolDraft;
import org.l3distributor.distributor.controller.PoolRules;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.controller.PoolView;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Statistics;
import org.l3distributor.distributor.controller.Words;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.Port;

/**
 * A controller in memory: all rules and states of the real one, and no amphorae. What is changed stays pending until
 * {@link #settle}, or, when it settles by itself, until somebody has looked at the load balancer once.
 */
public final class MemoryController {
    private final Map<String, LoadBalancerTree> trees = new LinkedHashMap<>();
    private final NetworkDriver networks;
    private final Clock clock;
    private boolean settles;
    private Function<String, Optional<Distributor>> flavors = id -> Optional.empty();

    public MemoryController(NetworkDriver networks, Clock clock) {
        this.networks = networks;
        this.clock = clock;
    }

    /** From now on a load balancer that somebody has looked at is settled. */
    public synchronized MemoryController settlesByItself() {
        settles = true;
        return this;
    }

    /** What users may choose: the distributor of an id, empty when there is none. */
    public synchronized MemoryController offers(Function<String, Optional<Distributor>> distributors) {
        flavors = distributors;
        return this;
    }

    /** All that is pending is done. */
    public synchronized void settle() {
        List.copyOf(trees.keySet()).forEach(this::settle);
    }

    private void settle(String id) {
        LoadBalancerTree tree = trees.get(id);
        if (isGone(tree.loadBalancer().header())) {
            trees.remove(id);
            return;
        }
        trees.put(
                id,
                new LoadBalancerTree(
                        tree.loadBalancer().with(settled(tree.loadBalancer().header(), OperatingStatus.ONLINE)),
                        tree.listeners().stream()
                                .filter(l -> !isGone(l.header()))
                                .map(l -> l.with(settled(l.header(), OperatingStatus.ONLINE)))
                                .toList(),
                        tree.pools().stream()
                                .filter(p -> !isGone(p.pool().header()))
                                .map(MemoryController::settled)
                                .toList()));
    }

    private static PoolTree settled(PoolTree tree) {
        HealthMonitor monitor = tree.monitor();
        boolean watched = monitor != null && !isGone(monitor.header());
        OperatingStatus operating = watched ? OperatingStatus.ONLINE : OperatingStatus.NO_MONITOR;
        return new PoolTree(
                tree.pool().with(settled(tree.pool().header(), OperatingStatus.ONLINE)),
                tree.members().stream()
                        .filter(m -> !isGone(m.header()))
                        .map(m -> m.with(settled(m.header(), operating)))
                        .toList(),
                watched ? monitor.with(settled(monitor.header(), OperatingStatus.ONLINE)) : null);
    }

    private static boolean isGone(Header header) {
        return header.provisioning() == ProvisioningStatus.PENDING_DELETE;
    }

    private static Header settled(Header header, OperatingStatus operating) {
        return header.with(ProvisioningStatus.ACTIVE)
                .with(header.enabled() ? operating : OperatingStatus.OFFLINE)
                .withVersion(header.version() + 1);
    }

    /** Puts a load balancer into a state, as a fault would. */
    public synchronized void put(String id, ProvisioningStatus state) {
        LoadBalancerTree tree = trees.get(id);
        trees.put(
                id,
                withLoadBalancer(
                        tree,
                        tree.loadBalancer().with(tree.loadBalancer().header().with(state))));
    }

    private static LoadBalancerTree withLoadBalancer(LoadBalancerTree tree, LoadBalancer next) {
        return new LoadBalancerTree(next, tree.listeners(), tree.pools());
    }

    /** What belongs to it has changed, and so it is changing itself. */
    private static LoadBalancerTree changing(LoadBalancerTree tree) {
        return withLoadBalancer(
                tree, tree.loadBalancer().with(tree.loadBalancer().header().with(ProvisioningStatus.PENDING_UPDATE)));
    }

    private NetworkSnapshot snapshot() {
        return new NetworkSnapshot(now(networks.networks(NetworkQuery.ALL)), now(networks.subnets(NetworkQuery.ALL)));
    }

    private static <T> T now(CompletionStage<Outcome<T>> stage) {
        return ((Outcome.Done<T>) stage.toCompletableFuture().join()).value();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static <T> CompletionStage<Outcome<T>> answer(Outcome<T> outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static <T> Outcome<T> absent(String what, String id) {
        return Outcome.refused(Words.notFound(what, id));
    }

    private Optional<LoadBalancerTree> treeOf(Function<LoadBalancerTree, Boolean> what) {
        return trees.values().stream().filter(what::apply).findFirst();
    }

    private Optional<LoadBalancerTree> treeOfPool(@Nullable String id) {
        return id == null ? Optional.empty() : treeOf(t -> t.pool(id).isPresent());
    }

    private void put(LoadBalancerTree next) {
        trees.put(next.loadBalancer().id(), next);
    }

    private static LoadBalancerTree withListeners(LoadBalancerTree tree, UnaryOperator<Listener> change) {
        return new LoadBalancerTree(
                tree.loadBalancer(), tree.listeners().stream().map(change).toList(), tree.pools());
    }

    private static LoadBalancerTree withPool(LoadBalancerTree tree, String id, UnaryOperator<PoolTree> change) {
        return new LoadBalancerTree(
                tree.loadBalancer(),
                tree.listeners(),
                tree.pools().stream()
                        .map(p -> p.pool().id().equals(id) ? change.apply(p) : p)
                        .toList());
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    public LoadBalancerService loadBalancers() {
        return new LoadBalancers();
    }

    public ListenerService listeners() {
        return new Listeners();
    }

    public PoolService pools() {
        return new Pools();
    }

    public MemberService members() {
        return new Members();
    }

    public HealthMonitorService healthMonitors() {
        return new Monitors();
    }

    private final class LoadBalancers implements LoadBalancerService {
        @Override
        public CompletionStage<Outcome<LoadBalancerTree>> create(LoadBalancerDraft draft, String projectId) {
            synchronized (MemoryController.this) {
                Outcome<LoadBalancerPlace> placed = LoadBalancerRules.place(draft, snapshot());
                if (placed instanceof Outcome.Refused<LoadBalancerPlace> refused) {
                    return answer(Outcome.refused(refused.reasons()));
                }
                LoadBalancerPlace place = ((Outcome.Done<LoadBalancerPlace>) placed).value();
                String flavor = draft.distributorId();
                Optional<Refusal> unchosen = flavor == null
                        ? Optional.empty()
                        : LoadBalancerRules.choosable(
                                flavor, flavors.apply(flavor).orElse(null));
                if (unchosen.isPresent()) {
                    return answer(Outcome.refused(List.of(unchosen.get())));
                }
                String id = newId();
                Outcome<Port> port = networks.allocateVip(
                                "octavia-lb-" + id,
                                place.vip().networkId(),
                                place.vip().subnetId(),
                                place.vip().address(),
                                id)
                        .toCompletableFuture()
                        .join();
                if (port instanceof Outcome.Refused<Port> refused) {
                    return answer(Outcome.refused(refused.reasons()));
                }
                Port vip = ((Outcome.Done<Port>) port).value();
                LoadBalancer made = new LoadBalancer(
                        Header.created(id, projectId, draft.header(), OperatingStatus.OFFLINE, clock.instant()),
                        place.vip().allocated(vip.addresses().get(0).address(), vip.id()),
                        place.additionalVips(),
                        place.frontendNetworkId(),
                        place.frontendSubnetId(),
                        Words.PROVIDER,
                        "ACTIVE_ACTIVE",
                        Objects.requireNonNullElse(draft.amphoraCount(), 3),
                        draft.distributorId());
                LoadBalancerTree tree = new LoadBalancerTree(made, List.of(), List.of());
                put(tree);
                return answer(Outcome.done(tree));
            }
        }

        @Override
        public CompletionStage<Outcome<LoadBalancerTree>> find(String id) {
            synchronized (MemoryController.this) {
                LoadBalancerTree tree = trees.get(id);
                if (tree == null) {
                    return answer(absent(Words.LOAD_BALANCER, id));
                }
                if (settles) {
                    settle(id);
                }
                return answer(Outcome.done(tree));
            }
        }

        @Override
        public CompletionStage<Outcome<List<LoadBalancerView>>> list(ListQuery query) {
            synchronized (MemoryController.this) {
                return answer(query.page(
                        trees.values().stream().map(LoadBalancerTree::view).toList(), Attributes.LOAD_BALANCERS));
            }
        }

        @Override
        public CompletionStage<Outcome<LoadBalancerView>> change(String id, LoadBalancerChange change) {
            return step(
                    id,
                    tree -> LoadBalancerRules.changeable(tree.loadBalancer()),
                    old -> change.of(old, clock.instant()));
        }

        @Override
        public CompletionStage<Outcome<LoadBalancerView>> delete(String id, boolean cascade) {
            return step(
                    id,
                    tree -> LoadBalancerRules.deletable(tree.view(), cascade),
                    old -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
        }

        @Override
        public CompletionStage<Outcome<LoadBalancerView>> failover(String id) {
            return step(
                    id,
                    tree -> LoadBalancerRules.failoverable(tree.loadBalancer()),
                    old -> old.with(old.header().with(ProvisioningStatus.PENDING_UPDATE)));
        }

        private CompletionStage<Outcome<LoadBalancerView>> step(
                String id, Function<LoadBalancerTree, Optional<Refusal>> rule, UnaryOperator<LoadBalancer> change) {
            synchronized (MemoryController.this) {
                LoadBalancerTree tree = trees.get(id);
                if (tree == null) {
                    return answer(absent(Words.LOAD_BALANCER, id));
                }
                Optional<Refusal> refusal = rule.apply(tree);
                if (refusal.isPresent()) {
                    return answer(Outcome.refused(refusal.get()));
                }
                LoadBalancerTree next = withLoadBalancer(tree, change.apply(tree.loadBalancer()));
                put(next);
                return answer(Outcome.done(next.view()));
            }
        }

        @Override
        public CompletionStage<Outcome<Statistics>> statistics(String id) {
            synchronized (MemoryController.this) {
                return answer(
                        trees.containsKey(id)
                                ? Outcome.done(new Statistics(1, 2, 3, 4, 5))
                                : absent(Words.LOAD_BALANCER, id));
            }
        }
    }

    private final class Listeners implements ListenerService {
        @Override
        public CompletionStage<Outcome<Listener>> create(ListenerDraft draft) {
            synchronized (MemoryController.this) {
                LoadBalancerTree tree = trees.get(draft.loadBalancerId());
                if (tree == null) {
                    return answer(absent(Words.LOAD_BALANCER, draft.loadBalancerId()));
                }
                List<Refusal> refusals = ListenerRules.admit(tree, draft);
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                Listener made = draft.made(newId(), tree.loadBalancer().header().projectId(), clock.instant());
                put(changing(new LoadBalancerTree(tree.loadBalancer(), plus(tree.listeners(), made), tree.pools())));
                return answer(Outcome.done(made));
            }
        }

        @Override
        public CompletionStage<Outcome<Listener>> find(String id) {
            synchronized (MemoryController.this) {
                Optional<Listener> found =
                        treeOf(t -> t.listener(id).isPresent()).flatMap(t -> t.listener(id));
                return answer(found.map(Outcome::done).orElseGet(() -> absent(Words.LISTENER, id)));
            }
        }

        @Override
        public CompletionStage<Outcome<List<Listener>>> list(ListQuery query) {
            synchronized (MemoryController.this) {
                return answer(query.page(
                        trees.values().stream()
                                .flatMap(t -> t.listeners().stream())
                                .toList(),
                        Attributes.LISTENERS));
            }
        }

        @Override
        public CompletionStage<Outcome<Listener>> change(String id, ListenerChange change) {
            return step(
                    id, (tree, old) -> ListenerRules.admit(tree, old, change), old -> change.of(old, clock.instant()));
        }

        @Override
        public CompletionStage<Outcome<Listener>> delete(String id) {
            return step(
                    id,
                    (tree, old) -> ListenerRules.deletable(tree).stream().toList(),
                    old -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
        }

        private CompletionStage<Outcome<Listener>> step(
                String id, Rule<Listener> rule, UnaryOperator<Listener> change) {
            synchronized (MemoryController.this) {
                Optional<LoadBalancerTree> tree = treeOf(t -> t.listener(id).isPresent());
                if (tree.isEmpty()) {
                    return answer(absent(Words.LISTENER, id));
                }
                Listener old = tree.get().listener(id).orElseThrow();
                List<Refusal> refusals = rule.broken(tree.get(), old);
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                Listener next = change.apply(old);
                put(changing(withListeners(tree.get(), l -> l.id().equals(id) ? next : l)));
                return answer(Outcome.done(next));
            }
        }

        @Override
        public CompletionStage<Outcome<Statistics>> statistics(String id) {
            synchronized (MemoryController.this) {
                return answer(
                        treeOf(t -> t.listener(id).isPresent()).isPresent()
                                ? Outcome.done(Statistics.NONE)
                                : absent(Words.LISTENER, id));
            }
        }
    }

    private interface Rule<T> {
        List<Refusal> broken(LoadBalancerTree tree, T old);
    }

    private final class Pools implements PoolService {
        @Override
        public CompletionStage<Outcome<PoolView>> create(PoolDraft draft) {
            synchronized (MemoryController.this) {
                String listenerId = draft.listenerId();
                LoadBalancerTree tree = draft.loadBalancerId() != null
                        ? trees.get(draft.loadBalancerId())
                        : treeOf(t -> t.listener(String.valueOf(listenerId)).isPresent())
                                .orElse(null);
                if (tree == null) {
                    return answer(
                            draft.loadBalancerId() != null
                                    ? absent(Words.LOAD_BALANCER, draft.loadBalancerId())
                                    : absent(Words.LISTENER, String.valueOf(listenerId)));
                }
                List<Refusal> refusals = PoolRules.admit(tree, draft);
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                Pool made = draft.made(
                        newId(),
                        tree.loadBalancer().header().projectId(),
                        tree.loadBalancer().id(),
                        clock.instant());
                PoolTree poolTree = new PoolTree(made, List.of(), null);
                LoadBalancerTree next = changing(
                        new LoadBalancerTree(tree.loadBalancer(), tree.listeners(), plus(tree.pools(), poolTree)));
                put(withListeners(next, l -> l.id().equals(listenerId) ? l.withDefaultPool(made.id()) : l));
                return find(made.id());
            }
        }

        @Override
        public CompletionStage<Outcome<PoolView>> find(String id) {
            synchronized (MemoryController.this) {
                Optional<PoolView> found =
                        treeOfPool(id).flatMap(t -> t.pool(id).map(t::view));
                return answer(found.map(Outcome::done).orElseGet(() -> absent(Words.POOL, id)));
            }
        }

        @Override
        public CompletionStage<Outcome<List<PoolView>>> list(ListQuery query) {
            synchronized (MemoryController.this) {
                return answer(query.page(
                        trees.values().stream()
                                .flatMap(t -> t.pools().stream().map(t::view))
                                .toList(),
                        Attributes.POOLS));
            }
        }

        @Override
        public CompletionStage<Outcome<PoolView>> change(String id, PoolChange change) {
            return step(id, pool -> change.of(pool, clock.instant()));
        }

        @Override
        public CompletionStage<Outcome<PoolView>> delete(String id) {
            synchronized (MemoryController.this) {
                CompletionStage<Outcome<PoolView>> answer =
                        step(id, pool -> pool.with(pool.header().with(ProvisioningStatus.PENDING_DELETE)));
                if (answer.toCompletableFuture().join() instanceof Outcome.Done<PoolView>) {
                    put(withListeners(
                            treeOfPool(id).orElseThrow(),
                            l -> id.equals(l.defaultPoolId()) ? l.withDefaultPool(null) : l));
                }
                return answer;
            }
        }

        private CompletionStage<Outcome<PoolView>> step(String id, UnaryOperator<Pool> change) {
            synchronized (MemoryController.this) {
                Optional<LoadBalancerTree> tree = treeOfPool(id);
                if (tree.isEmpty()) {
                    return answer(absent(Words.POOL, id));
                }
                Optional<Refusal> refusal = PoolRules.changeable(tree.get());
                if (refusal.isPresent()) {
                    return answer(Outcome.refused(refusal.get()));
                }
                put(changing(
                        withPool(tree.get(), id, p -> new PoolTree(change.apply(p.pool()), p.members(), p.monitor()))));
                return find(id);
            }
        }
    }

    private final class Members implements MemberService {
        @Override
        public CompletionStage<Outcome<Member>> create(String poolId, MemberDraft draft) {
            synchronized (MemoryController.this) {
                Optional<LoadBalancerTree> tree = treeOfPool(poolId);
                if (tree.isEmpty()) {
                    return answer(absent(Words.POOL, poolId));
                }
                PoolTree pool = tree.get().pool(poolId).orElseThrow();
                List<Refusal> refusals = MemberRules.admit(tree.get(), pool, draft, snapshot());
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                Member made = draft.made(newId(), pool, clock.instant());
                putMembers(tree.get(), pool, plus(pool.members(), made));
                return answer(Outcome.done(made));
            }
        }

        private void putMembers(LoadBalancerTree tree, PoolTree pool, List<Member> members) {
            put(changing(withPool(
                    tree,
                    pool.pool().id(),
                    p -> new PoolTree(
                            p.pool().with(p.pool().header().with(ProvisioningStatus.PENDING_UPDATE)),
                            members,
                            p.monitor()))));
        }

        @Override
        public CompletionStage<Outcome<Member>> find(String poolId, String id) {
            synchronized (MemoryController.this) {
                Optional<PoolTree> pool = treeOfPool(poolId).flatMap(t -> t.pool(poolId));
                if (pool.isEmpty()) {
                    return answer(absent(Words.POOL, poolId));
                }
                Optional<Member> found = pool.get().members().stream()
                        .filter(m -> m.id().equals(id))
                        .findFirst();
                return answer(found.map(Outcome::done).orElseGet(() -> absent(Words.MEMBER, id)));
            }
        }

        @Override
        public CompletionStage<Outcome<List<Member>>> list(String poolId, ListQuery query) {
            synchronized (MemoryController.this) {
                Optional<PoolTree> pool = treeOfPool(poolId).flatMap(t -> t.pool(poolId));
                return answer(
                        pool.isEmpty()
                                ? absent(Words.POOL, poolId)
                                : query.page(pool.get().members(), Attributes.MEMBERS));
            }
        }

        @Override
        public CompletionStage<Outcome<Member>> change(String poolId, String id, MemberChange change) {
            return step(poolId, id, old -> change.of(old, clock.instant()));
        }

        @Override
        public CompletionStage<Outcome<Member>> delete(String poolId, String id) {
            return step(poolId, id, old -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
        }

        private CompletionStage<Outcome<Member>> step(String poolId, String id, UnaryOperator<Member> change) {
            synchronized (MemoryController.this) {
                Outcome<Member> found = find(poolId, id).toCompletableFuture().join();
                if (!(found instanceof Outcome.Done<Member> old)) {
                    return answer(found);
                }
                LoadBalancerTree tree = treeOfPool(poolId).orElseThrow();
                PoolTree pool = tree.pool(poolId).orElseThrow();
                Optional<Refusal> refusal = MemberRules.changeable(tree, pool);
                if (refusal.isPresent()) {
                    return answer(Outcome.refused(refusal.get()));
                }
                Member next = change.apply(old.value());
                putMembers(
                        tree,
                        pool,
                        pool.members().stream()
                                .map(m -> m.id().equals(id) ? next : m)
                                .toList());
                return answer(Outcome.done(next));
            }
        }

        @Override
        public CompletionStage<Outcome<List<Member>>> replace(
                String poolId, List<MemberDraft> drafts, boolean additive) {
            synchronized (MemoryController.this) {
                Optional<LoadBalancerTree> tree = treeOfPool(poolId);
                if (tree.isEmpty()) {
                    return answer(absent(Words.POOL, poolId));
                }
                PoolTree pool = tree.get().pool(poolId).orElseThrow();
                List<Refusal> refusals = MemberRules.admit(tree.get(), pool, drafts, snapshot());
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                List<Member> next = new ArrayList<>();
                for (Member old : pool.members()) {
                    Optional<MemberDraft> same =
                            drafts.stream().filter(d -> d.isSameServer(old)).findFirst();
                    next.add(
                            same.isPresent()
                                    ? same.get().asChange().of(old, clock.instant())
                                    : additive ? old : old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
                }
                drafts.stream()
                        .filter(d -> pool.members().stream().noneMatch(d::isSameServer))
                        .forEach(d -> next.add(d.made(newId(), pool, clock.instant())));
                putMembers(tree.get(), pool, next);
                return answer(Outcome.done(List.copyOf(next)));
            }
        }
    }

    private final class Monitors implements HealthMonitorService {
        @Override
        public CompletionStage<Outcome<HealthMonitor>> create(HealthMonitorDraft draft) {
            synchronized (MemoryController.this) {
                Optional<LoadBalancerTree> tree = treeOfPool(draft.poolId());
                if (tree.isEmpty()) {
                    return answer(absent(Words.POOL, draft.poolId()));
                }
                PoolTree pool = tree.get().pool(draft.poolId()).orElseThrow();
                List<Refusal> refusals = HealthMonitorRules.admit(tree.get(), pool, draft);
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                HealthMonitor made = draft.made(newId(), pool.pool().header().projectId(), clock.instant());
                putMonitor(tree.get(), pool, made);
                return answer(Outcome.done(made));
            }
        }

        private void putMonitor(LoadBalancerTree tree, PoolTree pool, HealthMonitor monitor) {
            put(changing(withPool(
                    tree,
                    pool.pool().id(),
                    p -> new PoolTree(
                            p.pool().with(p.pool().header().with(ProvisioningStatus.PENDING_UPDATE)),
                            p.members(),
                            monitor))));
        }

        private Optional<PoolTree> poolOf(String id) {
            return trees.values().stream()
                    .flatMap(t -> t.pools().stream())
                    .filter(p -> p.monitor() != null && p.monitor().id().equals(id))
                    .findFirst();
        }

        @Override
        public CompletionStage<Outcome<HealthMonitor>> find(String id) {
            synchronized (MemoryController.this) {
                Optional<HealthMonitor> found = poolOf(id).map(PoolTree::monitor);
                return answer(found.map(Outcome::done).orElseGet(() -> absent(Words.HEALTH_MONITOR, id)));
            }
        }

        @Override
        public CompletionStage<Outcome<List<HealthMonitor>>> list(ListQuery query) {
            synchronized (MemoryController.this) {
                return answer(query.page(
                        trees.values().stream()
                                .flatMap(t -> t.pools().stream())
                                .flatMap(p -> Optional.ofNullable(p.monitor()).stream())
                                .toList(),
                        Attributes.HEALTH_MONITORS));
            }
        }

        @Override
        public CompletionStage<Outcome<HealthMonitor>> change(String id, HealthMonitorChange change) {
            return step(
                    id,
                    (tree, pool, old) -> HealthMonitorRules.admit(tree, pool, old, change),
                    old -> change.of(old, clock.instant()));
        }

        @Override
        public CompletionStage<Outcome<HealthMonitor>> delete(String id) {
            return step(
                    id,
                    (tree, pool, old) ->
                            HealthMonitorRules.deletable(tree, pool).stream().toList(),
                    old -> old.with(old.header().with(ProvisioningStatus.PENDING_DELETE)));
        }

        private CompletionStage<Outcome<HealthMonitor>> step(
                String id, MonitorRule rule, UnaryOperator<HealthMonitor> change) {
            synchronized (MemoryController.this) {
                Optional<PoolTree> pool = poolOf(id);
                if (pool.isEmpty()) {
                    return answer(absent(Words.HEALTH_MONITOR, id));
                }
                HealthMonitor old = pool.get().monitor();
                LoadBalancerTree tree = treeOfPool(pool.get().pool().id()).orElseThrow();
                List<Refusal> refusals = rule.broken(tree, pool.get(), old);
                if (!refusals.isEmpty()) {
                    return answer(Outcome.refused(refusals));
                }
                HealthMonitor next = change.apply(old);
                putMonitor(tree, pool.get(), next);
                return answer(Outcome.done(next));
            }
        }
    }

    private interface MonitorRule {
        List<Refusal> broken(LoadBalancerTree tree, PoolTree pool, HealthMonitor old);
    }
}
