// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HeaderDraft;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;

/** Several controllers on the same tables; some are killed in the middle. */
class WorkerTest {
    private ControllerStore store;

    /** The tables, which are empty. */
    ControllerStore tables() throws Exception {
        return new MemoryStore(Clock.systemUTC());
    }

    /** Long enough that a controller which lives can keep it. */
    Duration lease() {
        return Duration.ofMillis(300);
    }

    void closeTables() {}

    @BeforeEach
    void begin() throws Exception {
        store = tables();
    }

    @AfterEach
    void close() {
        closeTables();
    }

    private Worker worker(String id, Effects effects) {
        return new Worker(
                store,
                effects,
                new Worker.Settings(
                        id,
                        "distributor",
                        4,
                        lease(),
                        Duration.ofMillis(20),
                        new Limits(Duration.ofMinutes(1), 3, 8, Duration.ofMillis(1))),
                new WorkLog());
    }

    private String created(int number) throws StoreException {
        String id = new UUID(7, number).toString();
        store.run(tx -> {
            Header header = Header.created(
                    id, "p", new HeaderDraft("lb" + number, "", true, List.of()), OperatingStatus.OFFLINE, tx.now());
            Vip vip = new Vip(IpAddress.parse("203.0." + number / 200 + "." + (1 + number % 200)), "port", "n", "s");
            tx.loadBalancers()
                    .insert(new LoadBalancer(header, vip, List.of(), "f", "fs", "octavia", "ACTIVE_ACTIVE", 2));
            tx.tasks()
                    .insert(Task.begin(
                            UUID.randomUUID().toString(),
                            Kind.LB_CREATE.name(),
                            id,
                            "RUN",
                            MemoJson.write(Memo.EMPTY),
                            tx.now()));
        });
        return id;
    }

    private boolean open() throws StoreException {
        return !store.in(tx -> tx.tasks().open(1)).isEmpty();
    }

    private void settled(Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (open()) {
            List<Task> left = rows(tx -> tx.tasks().open(5));
            assertThat(System.nanoTime()).as("in time: %s", left).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private <T> List<T> rows(ControllerStore.Work<List<T>> work) throws StoreException {
        return store.in(work);
    }

    /** The effects of a controller that is dead: whatever it began is never answered. */
    private static final class Mortal implements Effects {
        private final Effects effects;
        private volatile boolean dead;

        Mortal(Effects effects) {
            this.effects = effects;
        }

        @Override
        public CompletionStage<Result> start(Effect effect) {
            return dead ? new CompletableFuture<>() : effects.start(effect);
        }
    }

    @Test
    void controllers_thatAreKilledInTheMiddle_leaveNothingUndone_andNothingDoneTwice() throws Exception {
        TestOutside outside = new TestOutside();
        Random random = new Random(5);
        int count = 60;
        List<Worker> all = new ArrayList<>();
        Mortal[] mortals = new Mortal[2];
        for (int i = 0; i < 2; i++) {
            mortals[i] = new Mortal(outside);
            all.add(worker("controller-" + i, mortals[i]));
        }
        for (int i = 0; i < count; i++) {
            created(i);
            if (i % 10 == 9) { // one dies: its threads hang, and its leases end; another begins
                int victim = random.nextInt(2);
                mortals[victim].dead = true;
                all.get(all.size() - 2 + victim).close();
                mortals[victim] = new Mortal(outside);
                Worker next = worker("controller-" + victim + "-" + i, mortals[victim]);
                Worker other = all.get(all.size() - 1 - victim);
                all.add(victim == 0 ? next : other);
                all.add(victim == 0 ? other : next);
            }
        }
        settled(Duration.ofSeconds(60));
        all.forEach(Worker::close);
        List<LoadBalancer> lbs = rows(tx -> tx.loadBalancers().page(Query.all()));
        assertThat(lbs)
                .hasSize(count)
                .allMatch(lb -> lb.header().provisioning() == ProvisioningStatus.ACTIVE)
                .allMatch(lb -> lb.header().operating() == OperatingStatus.ONLINE);
        assertThat(rows(tx -> tx.amphorae().page(Query.all()))).hasSize(2 * count);
        assertThat(outside.instances()).hasSize(2 * count);
        assertThat(outside.announced()).hasSize(2 * count);
    }

    private void dead(String amphoraId) throws StoreException {
        store.run(tx -> {
            LoadBalancer made = Things.loadBalancer(new UUID(8, 1).toString(), "of the dead", "198.51.100.200");
            tx.loadBalancers().insert(made.with(made.header().with(ProvisioningStatus.ACTIVE)));
            for (String id : List.of(amphoraId, "lives")) {
                tx.amphorae().insert(Things.amphora(id, made.id(), "192.0.2.1", "198.51.100.1"));
            }
            new Writer(tx).replace(tx.amphorae().find(amphoraId).orElseThrow(), false);
        });
    }

    /** As many changes of users' as there are threads wait for a host that hangs. */
    @Test
    void aDeadAmphora_isWithdrawn_whileAllThreadsWaitForUsersWork() throws Exception {
        CompletableFuture<Void> testIsOver = new CompletableFuture<>();
        CountDownLatch withdrawn = new CountDownLatch(1);
        Effects hanging = effect -> {
            if (effect instanceof Effect.Withdraw withdraw
                    && withdraw.amphoraIds().contains("dead")) {
                withdrawn.countDown();
            }
            return testIsOver.thenApply(nothing -> new Result.Later(effect, "the test is over"));
        };
        for (int i = 0; i < 8; i++) {
            created(i);
        }
        Worker worker = worker("only", hanging);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (worker.busy() < 4) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        dead("dead");
        worker.nudge();
        assertThat(withdrawn.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.busy())
                .as("users' work has no more than its own threads")
                .isEqualTo(5);
        worker.close();
        testIsOver.complete(null);
    }

    @Test
    void aTask_thatTakesLongerThanItsLease_staysWithWhoHoldsIt() throws Exception {
        TestOutside outside = new TestOutside();
        outside.hold();
        Worker first = worker("first", outside);
        String id = created(1);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (first.busy() == 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        Worker second = worker("second", outside);
        long fence = store.in(tx -> tx.tasks().findOpen(id).orElseThrow().fence());
        TimeUnit.MILLISECONDS.sleep(3 * lease().toMillis()); // what must not happen has had time to
        long later = store.in(tx -> tx.tasks().findOpen(id).orElseThrow().fence());
        assertThat(later).isEqualTo(fence);
        assertThat(second.busy()).isZero();
        outside.release();
        settled(Duration.ofSeconds(30));
        first.close();
        second.close();
    }
}
