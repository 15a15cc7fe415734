// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ListenerRules;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerRules;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.relational.Dialect;

/**
 * Users' and the health manager's operations on many load balancers, brought about by two controllers that are processes of
 * their own and are killed at random, on one PostgreSQL. Each load balancer is made, given listeners, loses an amphora, is
 * scaled out and in, failed over, and the half of them deleted. How many: {@code l3d.operations}; the seed {@code l3d.seed}.
 */
@ExtendWith(DatabaseServers.class)
class KilledControllersTest {
    private static final int OPERATIONS = Integer.getInteger("l3d.operations", 200);
    private static final long SEED = Long.getLong("l3d.seed", 20_260_101);
    private static final Duration LONGEST = Duration.ofMinutes(40);
    private static final int AMPHORAE = 2;
    private static final String NETWORK = "f0000000-0000-4000-8000-000000000001";
    private static final String SUBNET = "50000000-0000-4000-8000-000000000004";

    /** What is done with each load balancer, one after the other; every second one isn't deleted. */
    private enum Operation {
        CREATE(AMPHORAE),
        LISTENER_1(0),
        LISTENER_2(0),
        REPLACE(1),
        LISTENER_3(0),
        OUT(1),
        LISTENER_4(0),
        IN(0),
        FAILOVER(AMPHORAE),
        DELETE(0);

        /** How many amphorae it makes. */
        final int makes;

        Operation(int makes) {
            this.makes = makes;
        }
    }

    @TempDir
    Path directory;

    private final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(
                    new Network(NETWORK, "front", 1500, true),
                    new Subnet(SUBNET, NETWORK, "front4", IpPrefix.parse("10.0.0.0/8"), null, List.of()));
    private final ExecutorService executor = Executors.newFixedThreadPool(6);
    private final ExecutorService hands = Executors.newFixedThreadPool(7); // one of them kills
    private final Map<String, Integer> next = new ConcurrentHashMap<>(); // by load balancer: the operation's number
    private final Map<String, Set<String>> before = new ConcurrentHashMap<>(); // its amphorae when that began
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void twoControllers_killedAtRandom_loseNoOperation_andDoNoneTwice() throws Exception {
        int count = Math.max(4, (OPERATIONS * 2 + 18) / (2 * Operation.values().length - 1)); // half are one shorter
        int kills;
        long start = System.nanoTime();
        try (StoreOn on = StoreOn.fresh(Dialect.POSTGRESQL)) {
            RecordedWorld.found(on.url(), on.user());
            assertThat(DefaultDistributor.ensure(on.store(), KilledController.DISTRIBUTOR, "NOOP"))
                    .isTrue();
            Services services = new Services(on.store(), () -> Optional.of(networks), executor, () -> {}, AMPHORAE);
            kills = run(on, services, count, start);
            check(on, count);
            List<String> calls = RecordedWorld.list(on.url(), on.user(), "select count(*) from world_call");
            List<String> again = RecordedWorld.list(
                    on.url(),
                    on.user(),
                    "select count(*) from (select effect from world_call where effect like 'build:%' or effect like"
                            + " 'destroyed:%' group by effect having count(*) > 1) x");
            System.out.printf(
                    "%d operations on %d load balancers in %d s, seed %d: %d kills; %d amphorae made; %s calls;"
                            + " builds and deletions that were asked for again %s; wrong %s%n",
                    ended.get(), count, seconds(start), SEED, kills, made.get(), calls, again, wrong);
        } finally {
            hands.shutdownNow();
            executor.shutdownNow();
        }
        assertThat(wrong).isEmpty();
        assertThat(kills).isPositive();
    }

    private static long seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    private int run(StoreOn on, Services services, int count, long start) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Future<Integer> killer = hands.submit(() -> kill(on, over));
        try {
            atOnce(IntStream.range(0, count).boxed().toList(), i -> begin(on, services, i, Operation.CREATE, null));
            while (!next.values().stream().allMatch(n -> n >= Operation.values().length)) {
                assertThat(System.nanoTime() - start).as("time").isLessThan(LONGEST.toNanos());
                assertThat(killer.isDone())
                        .as(() -> "the killer has ended: " + log())
                        .isFalse();
                if (!step(on, services)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        } finally {
            over.set(true);
        }
        return killer.get(60, TimeUnit.SECONDS);
    }

    /** Two workers, of which one is killed every few seconds, and another one begins in its place. */
    private int kill(StoreOn on, AtomicBoolean over) throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        List<Process> workers = new ArrayList<>(List.of(worker(on, "a"), worker(on, "b")));
        try {
            for (Process worker : workers) {
                assertThat(worker.inputReader().readLine()).as(log()).endsWith(" works");
            }
            while (!over.get()) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(OPERATIONS > 1000 ? 8_000 : 2_000));
                int index = random.nextInt(2);
                assertThat(workers.get(index).isAlive()).as(log()).isTrue();
                workers.get(index).destroyForcibly().waitFor();
                kills++;
                workers.set(index, worker(on, "w" + kills));
                assertThat(workers.get(index).inputReader().readLine())
                        .as(log())
                        .endsWith(" works");
            }
            return kills;
        } finally {
            workers.forEach(Process::destroyForcibly);
        }
    }

    private interface Work<T> {
        void on(T thing) throws Exception;
    }

    private <T> void atOnce(List<T> things, Work<T> work) throws Exception {
        List<Future<Boolean>> all = new ArrayList<>();
        for (T thing : things) {
            all.add(hands.submit(() -> {
                work.on(thing);
                return true;
            }));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get(300, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process worker(StoreOn on, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledController.class.getName(),
                        on.url(),
                        on.user(),
                        name)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Looks at each load balancer whose operation is over, and begins its next one; whether there was any. */
    private boolean step(StoreOn on, Services services) throws Exception {
        Set<String> open = on.store()
                .in(tx -> tx.tasks().open(1_000_000).stream()
                        .map(task -> loadBalancer(task))
                        .collect(Collectors.toSet()));
        List<String> due = next.keySet().stream()
                .filter(id -> next.get(id) < Operation.values().length && !open.contains(id))
                .toList();
        atOnce(due, id -> {
            int number = next.get(id);
            over(on, id, Operation.values()[number]);
            ended.incrementAndGet();
            boolean stays = Math.floorMod(id.hashCode(), 2) == 0;
            int following = number + 1 == Operation.DELETE.ordinal() && stays ? number + 2 : number + 1;
            if (following < Operation.values().length) {
                begin(on, services, following, Operation.values()[following], id);
            }
            next.put(id, following);
        });
        return !due.isEmpty();
    }

    private static String loadBalancer(Task task) {
        Memo memo = MemoJson.read(task.data());
        return memo.ownerId().isEmpty() ? task.targetId() : memo.ownerId();
    }

    private void begin(StoreOn on, Services services, int number, Operation operation, String id) throws Exception {
        begun.incrementAndGet();
        made.addAndGet(operation.makes);
        if (id != null) {
            before.put(id, amphorae(on, id));
        }
        switch (operation) {
            case CREATE -> {
                String fresh = done(services.loadBalancers()
                                .create(
                                        done(LoadBalancerRules.create(Map.of(
                                                "loadbalancer",
                                                Map.of("name", "lb" + number, "vip_subnet_id", SUBNET)))),
                                        "project"))
                        .loadBalancer()
                        .id();
                next.put(fresh, 0);
                before.put(fresh, Set.of());
            }
            case LISTENER_1, LISTENER_2, LISTENER_3, LISTENER_4 -> {
                var unused = done(services.listeners()
                        .create(done(ListenerRules.create(Map.of(
                                "listener",
                                Map.of("protocol", "TCP", "protocol_port", 8000 + number, "loadbalancer_id", id))))));
            }
            case REPLACE ->
                on.store().run(tx -> {
                    Amphora dead = Snapshots.amphorae(tx, id).get(0);
                    assertThat(new Writer(tx).replace(dead, false)).isTrue();
                });
            case OUT -> scale(on, id, AMPHORAE + 1);
            case IN -> scale(on, id, AMPHORAE);
            case FAILOVER -> {
                var unused = done(services.loadBalancers().failover(id));
            }
            case DELETE -> {
                var unused = done(services.loadBalancers().delete(id, true));
            }
        }
    }

    private static void scale(StoreOn on, String id, int amphorae) throws Exception {
        on.store().run(tx -> {
            LoadBalancer old = tx.loadBalancers().lock(id).orElseThrow();
            LoadBalancer scaled = new LoadBalancer(
                    old.header().with(ProvisioningStatus.PENDING_UPDATE),
                    old.vip(),
                    old.additionalVips(),
                    old.frontendNetworkId(),
                    old.frontendSubnetId(),
                    old.provider(),
                    old.topology(),
                    amphorae);
            assertThat(tx.loadBalancers().update(old, scaled)).isTrue();
            tx.tasks()
                    .insert(Task.begin(
                            "scale-" + amphorae + id.substring(8),
                            Kind.LB_SCALE.name(),
                            id,
                            "RUN",
                            MemoJson.write(Memo.EMPTY),
                            tx.now()));
        });
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        return done(stage.toCompletableFuture().get(60, TimeUnit.SECONDS));
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static Set<String> amphorae(StoreOn on, String id) throws Exception {
        return on.store()
                .in(tx -> Snapshots.amphorae(tx, id).stream().map(Amphora::id).collect(Collectors.toSet()));
    }

    /** What the operation was for is so, in the tables and in the world. */
    private void over(StoreOn on, String id, Operation operation) throws Exception {
        Optional<LoadBalancer> found = find(on, id);
        Set<String> now = amphorae(on, id);
        Set<String> old = before.get(id);
        Set<String> kept = new HashSet<>(now);
        kept.retainAll(old);
        boolean so = switch (operation) {
            case CREATE -> now.size() == AMPHORAE;
            case LISTENER_1, LISTENER_2, LISTENER_3, LISTENER_4 -> now.equals(old);
            case REPLACE -> now.size() == AMPHORAE && kept.size() == AMPHORAE - 1;
            case OUT -> now.size() == AMPHORAE + 1 && kept.size() == AMPHORAE;
            case IN -> now.size() == AMPHORAE && kept.size() == AMPHORAE;
            case FAILOVER -> now.size() == AMPHORAE && kept.isEmpty();
            case DELETE -> now.isEmpty() && found.isEmpty();
        };
        boolean settled = operation == Operation.DELETE
                || found.filter(lb -> lb.header().provisioning() == ProvisioningStatus.ACTIVE)
                        .isPresent();
        if (!so || !settled) {
            wrong.add(operation + " of " + id + ": " + found + ", amphorae " + old + " became " + now);
        }
    }

    private static Optional<LoadBalancer> find(StoreOn on, String id) throws Exception {
        ControllerStore.Work<Optional<LoadBalancer>> work =
                tx -> tx.loadBalancers().find(id);
        return on.store().in(work);
    }

    /** Every task has ended well; the world is what the tables say; nothing was made or deleted twice. */
    private void check(StoreOn on, int count) throws Exception {
        String url = on.url();
        String user = on.user();
        assertThat(ended.get()).isEqualTo(begun.get());
        add("a task isn't over", RecordedWorld.list(url, user, "select id from l3d_task where open_key is not null"));
        add(
                "a task has failed",
                RecordedWorld.list(
                        url,
                        user,
                        "select kind || ' ' || error from l3d_task where error is not null and error <> ''"));
        assertThat(RecordedWorld.list(url, user, "select count(*) from l3d_task"))
                .containsExactly(Integer.toString(begun.get()));
        add("out of order", RecordedWorld.list(url, user, "select what from world_wrong"));
        add(
                "made or deleted twice",
                RecordedWorld.list(
                        url,
                        user,
                        "select id from world_instance where made <> 1 or deleted > 1 or alive = (deleted > 0)"));
        Set<String> alive =
                Set.copyOf(RecordedWorld.list(url, user, "select id from world_instance where alive and announced"));
        Set<String> rows = on.store()
                .in(tx -> tx.amphorae().page(Query.all()).stream()
                        .map(Amphora::id)
                        .collect(Collectors.toSet()));
        assertThat(alive).isEqualTo(rows);
        assertThat(RecordedWorld.list(url, user, "select count(*) from world_instance"))
                .as("amphorae that were ever made")
                .containsExactly(Integer.toString(made.get()));
        add(
                "not configured with all its listeners",
                RecordedWorld.list(
                        url,
                        user,
                        "select a.id || ' of ' || l.id from amphora a join listener l on l.load_balancer_id ="
                                + " a.load_balancer_id join world_instance w on w.id = a.id"
                                + " where position('frontend ' || l.id in w.configured) = 0"));
        int stay = (int) next.keySet().stream()
                .filter(id -> Math.floorMod(id.hashCode(), 2) == 0)
                .count();
        assertThat(rows).hasSize(stay * AMPHORAE);
        assertThat(next).hasSize(count);
    }

    private void add(String what, List<String> found) {
        found.stream().limit(5).forEach(one -> wrong.add(what + ": " + one));
    }
}
