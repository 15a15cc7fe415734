// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HeaderDraft;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;

/** A load balancer in tables in memory, an outside in sets, and controllers that die when they are told to. */
final class Cluster {
    static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(10), 3, 4, Duration.ofSeconds(30));

    /** Stands still unless it is moved. */
    final HandClock clock = new HandClock();

    final MemoryStore store = new MemoryStore(clock);
    final Crashes crashes;
    final Outside outside;
    private int controllers = 1;

    Cluster(Crashes crashes, @Nullable Random faults) {
        this.crashes = crashes;
        outside = new Outside(crashes, faults);
    }

    /** A load balancer as the API leaves it, with the task that makes it. */
    void created(int amphorae) throws StoreException {
        created(amphorae, null);
    }

    /** @param distributorId null: the default one */
    void created(int amphorae, @Nullable String distributorId) throws StoreException {
        store.run(tx -> {
            Header header = Header.created(
                    LB, "project", new HeaderDraft("lb", "", true, List.of()), OperatingStatus.OFFLINE, tx.now());
            Vip vip = new Vip(IpAddress.parse("203.0.113.9"), "vip-port", "net", "subnet");
            tx.loadBalancers()
                    .insert(new LoadBalancer(
                            header,
                            vip,
                            List.of(),
                            "front",
                            "front-sub",
                            "octavia",
                            "ACTIVE_ACTIVE",
                            amphorae,
                            distributorId));
            task(tx, Kind.LB_CREATE);
        });
    }

    /** Its distributor has a speaker of its own, which is in that state. */
    void dedicated(ProvisioningStatus speaker) throws StoreException {
        store.run(tx -> {
            tx.distributors()
                    .insert(new Distributor("distributor", "L3_BGP", ProvisioningStatus.ACTIVE, "d", true, 2, 0));
            tx.amphorae()
                    .insert(Amphora.planned("speaker", null, "distributor", tx.now())
                            .speakingFor("distributor")
                            .with(speaker));
        });
    }

    /** Its distributors' speakers are told by a driver over the records. */
    Speech speaking() {
        Speech speech = new Speech(store.records(9443), outside.instances, outside.dead);
        outside.speech = speech;
        return speech;
    }

    void task(Transaction tx, Kind kind) {
        tx.tasks()
                .insert(Task.begin(
                        UUID.randomUUID().toString(), kind.name(), LB, "RUN", MemoJson.write(Memo.EMPTY), tx.now()));
    }

    /** A user's new listener. */
    void listener(int port) throws StoreException {
        store.run(tx -> {
            mark(tx, ProvisioningStatus.PENDING_UPDATE);
            tx.listeners().insert(Things.listener(UUID.randomUUID().toString(), LB, port, null));
            task(tx, Kind.LB_CONFIG);
        });
    }

    void change(Kind kind, ProvisioningStatus pending, int amphorae) throws StoreException {
        store.run(tx -> {
            LoadBalancer old = mark(tx, pending);
            LoadBalancer next = new LoadBalancer(
                    old.header(),
                    old.vip(),
                    old.additionalVips(),
                    old.frontendNetworkId(),
                    old.frontendSubnetId(),
                    old.provider(),
                    old.topology(),
                    amphorae,
                    old.distributorId());
            assertThat(tx.loadBalancers().update(old, next)).isTrue();
            task(tx, kind);
        });
    }

    private static LoadBalancer mark(Transaction tx, ProvisioningStatus pending) {
        LoadBalancer old = tx.loadBalancers().find(LB).orElseThrow();
        assertThat(tx.loadBalancers().update(old, old.with(old.header().with(pending))))
                .isTrue();
        return tx.loadBalancers().find(LB).orElseThrow();
    }

    /** What a health manager does when an amphora is silent. */
    String replace(boolean keepFirst) throws StoreException {
        return store.in(tx -> {
            Amphora amphora = Snapshots.amphorae(tx, LB).get(0);
            assertThat(new Writer(tx).replace(amphora, keepFirst)).isTrue();
            assertThat(new Writer(tx).replace(tx.amphorae().find(amphora.id()).orElseThrow(), keepFirst))
                    .as("declared dead twice")
                    .isFalse();
            return amphora.id();
        });
    }

    /** Controllers work until no task is open; when one dies, another begins after the lease. */
    void settle() throws StoreException {
        ControllerStore mortal = new MortalStore(store, crashes);
        for (int i = 0; i < 5_000; i++) {
            try {
                List<Task> claimed = mortal.in(tx -> tx.tasks().claim("controller-" + controllers, 2, LEASE));
                for (Task task : claimed) {
                    new TaskRun(mortal, outside, "distributor", LIMITS).run(task);
                }
                if (claimed.isEmpty() && !waited()) {
                    return;
                }
            } catch (Crashes.Killed e) {
                controllers++;
                clock.now = clock.now.plus(LEASE).plusMillis(1);
            }
        }
        throw new AssertionError("no end: " + store.in(tx -> tx.tasks().open(10)) + outside.done);
    }

    /** The first controller works until it dies, or has nothing to do. */
    void settleUntilDeath() throws StoreException {
        ControllerStore mortal = new MortalStore(store, crashes);
        try {
            for (int i = 0; i < 500; i++) {
                List<Task> claimed = mortal.in(tx -> tx.tasks().claim("controller-0", 2, LEASE));
                for (Task task : claimed) {
                    new TaskRun(mortal, outside, "distributor", LIMITS).run(task);
                }
                if (claimed.isEmpty() && !waited()) {
                    return;
                }
            }
        } catch (Crashes.Killed e) {
            return; // as the test wants it
        }
    }

    /** The first controller works until something is so; it dies while nothing is under way. */
    void settleUntil(BooleanSupplier so) throws StoreException {
        for (int i = 0; i < 500 && !so.getAsBoolean(); i++) {
            List<Task> claimed = store.in(tx -> tx.tasks().claim("controller-0", 2, LEASE));
            for (Task task : claimed) {
                new TaskRun(store, outside, "distributor", LIMITS).run(task);
            }
            if (claimed.isEmpty() && !waited()) {
                break;
            }
        }
        assertThat(so.getAsBoolean()).as(outside.done.toString()).isTrue();
    }

    /** Moves the clock to when the next task is due; false when there is none. */
    private boolean waited() throws StoreException {
        Optional<Task> next = store.in(tx -> tx.tasks().open(1)).stream().findFirst();
        next.ifPresent(t -> {
            Instant free =
                    t.claimedUntil() == null ? t.notBefore() : t.claimedUntil().plusMillis(1);
            clock.now = free.isAfter(clock.now) ? free : clock.now.plusMillis(1);
        });
        return next.isPresent();
    }

    List<Amphora> amphorae() throws StoreException {
        return store.in(tx -> Snapshots.amphorae(tx, LB));
    }

    /** The load balancer is as it should be, with so many amphorae, and nothing else is there. */
    void isWhole(int amphorae, int listeners) throws StoreException {
        LoadBalancerTree tree =
                store.in(tx -> Snapshots.tree(tx, tx.loadBalancers().find(LB).orElseThrow()));
        assertThat(tree.loadBalancer().header().provisioning()).isEqualTo(ProvisioningStatus.ACTIVE);
        assertThat(tree.loadBalancer().header().operating()).isEqualTo(OperatingStatus.ONLINE);
        assertThat(tree.listeners()).hasSize(listeners).allMatch(l -> isActive(l));
        assertThat(amphorae()).hasSize(amphorae).allMatch(a -> a.status() == ProvisioningStatus.ALLOCATED);
        Set<String> ids = amphorae().stream().map(Amphora::id).collect(Collectors.toCollection(TreeSet::new));
        assertThat(outside.instances).isEqualTo(ids);
        assertThat(outside.plugged).isEqualTo(ids);
        assertThat(outside.announced).isEqualTo(ids);
        assertThat(outside.configured.keySet()).isEqualTo(ids);
        assertThat(new TreeSet<>(outside.configured.values().stream()
                        .map(t -> frontends(t.orElse("")))
                        .toList()))
                .containsExactly(listeners);
        assertThat(rows(tx -> tx.health().all()))
                .hasSize(amphorae)
                .allMatch(h -> ids.contains(h.amphoraId()) && !h.busy());
    }

    private static boolean isActive(Listener listener) {
        return listener.header().provisioning() == ProvisioningStatus.ACTIVE;
    }

    private static int frontends(String text) {
        return (int) text.lines().filter(l -> l.startsWith("frontend ")).count();
    }

    private <T> List<T> rows(ControllerStore.Work<List<T>> work) throws StoreException {
        return store.in(work);
    }

    void isGone() throws StoreException {
        assertThat(rows(tx -> tx.loadBalancers().page(Query.all()))).isEmpty();
        assertThat(rows(tx -> tx.amphorae().page(Query.all())))
                .as("all but a distributor's own")
                .allMatch(a -> a.distributorId() != null);
        assertThat(rows(tx -> tx.health().all())).isEmpty();
        assertThat(rows(tx -> tx.tasks().open(10))).isEmpty();
        assertThat(outside.instances).isEmpty();
        assertThat(outside.announced).isEmpty();
        assertThat(outside.vipsReserved).isFalse();
    }

    /** A store whose caller may die before the transaction, or after it. */
    private record MortalStore(MemoryStore store, Crashes crashes) implements ControllerStore {
        @Override
        public <T> T in(Work<T> work) throws StoreException {
            crashes.point("before a transaction");
            T answer = store.in(work);
            crashes.point("after a transaction");
            return answer;
        }

        @Override
        public AutoCloseable listen(Consumer<Boolean> listener) {
            return store.listen(listener);
        }
    }
}
