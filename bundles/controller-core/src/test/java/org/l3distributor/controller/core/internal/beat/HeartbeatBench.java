// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;
import org.l3distributor.relational.Dialect;

/**
 * What heartbeats cost: 1,000 load balancers of 4 amphorae each, with a listener, a pool and two members, 400 heartbeats a
 * second, to a health manager over tables in memory, or on a PostgreSQL of its own. Prints the processor time of the health
 * manager's threads, after a warming up. Not a test; see the README.
 */
final class HeartbeatBench {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final int LOAD_BALANCERS = 1000;
    private static final int AMPHORAE = 4;
    private static final int RATE = 400;

    private HeartbeatBench() {}

    /** Usage: SECONDS [postgresql]. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        if (arguments.length == 1) {
            measure(new MemoryStore(Clock.systemUTC()), seconds);
            return;
        }
        try (StoreOn on = StoreOn.fresh(Dialect.valueOf(arguments[1].toUpperCase(Locale.ROOT)))) {
            measure(on.store(), seconds);
        } finally {
            DatabaseServers.closeAll();
        }
    }

    private static void measure(ControllerStore store, int seconds) throws Exception {
        List<Heartbeat> heartbeats = fill(store);
        HealthManager.Settings settings = new HealthManager.Settings(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                KEY,
                Duration.ofSeconds(10),
                Silence.DEFAULT,
                WithdrawalBudget.DEFAULT,
                Duration.ofMillis(200),
                Duration.ofMillis(500));
        try (HealthManager manager = new HealthManager(store, settings, Clock.systemUTC(), () -> {}, new BeatLog());
                DatagramSocket socket = new DatagramSocket()) {
            run(manager, socket, heartbeats, 0, seconds);
            long before = manager.counts().alive.sum();
            long droppedBefore = manager.counts().dropped.sum();
            Map<String, Long> began = processorTime();
            run(manager, socket, heartbeats, seconds, seconds);
            Map<String, Long> ended = processorTime();
            long alive = manager.counts().alive.sum() - before;
            long sum = 0;
            for (var thread : ended.entrySet()) {
                long used = thread.getValue() - began.getOrDefault(thread.getKey(), 0L);
                sum += used;
                System.out.printf("%-28s %6.2f %% of a core%n", thread.getKey(), used / 1e7 / seconds);
            }
            System.out.printf(
                    "%d heartbeats in %d s, %d dropped: %.2f %% of a core%n",
                    alive, seconds, manager.counts().dropped.sum() - droppedBefore, sum / 1e7 / seconds);
            long online = store.in(tx ->
                    tx.members().page(Query.where("operating_status", "ONLINE")).size());
            System.out.printf("%d of %d members online%n", online, 2 * LOAD_BALANCERS);
        }
    }

    /** A transaction for each load balancer, as controllers make them. */
    private static List<Heartbeat> fill(ControllerStore store) throws Exception {
        List<Heartbeat> heartbeats = new ArrayList<>();
        for (int i = 0; i < LOAD_BALANCERS; i++) {
            int number = i;
            heartbeats.addAll(store.in(tx -> loadBalancer(tx, number)));
        }
        return heartbeats;
    }

    private static List<Heartbeat> loadBalancer(Transaction tx, int i) {
        String id = new UUID(1, i).toString();
        LoadBalancer made = Things.loadBalancer(id, "lb" + i, "203.0." + i / 250 + "." + (1 + i % 250));
        tx.loadBalancers().insert(made.with(made.header().with(ProvisioningStatus.ACTIVE)));
        Pool pool = Things.pool(new UUID(4, i).toString(), id);
        tx.pools().insert(pool);
        Listener listener = Things.listener(new UUID(2, i).toString(), id, 80, pool.id());
        tx.listeners().insert(listener);
        List<String> members = new ArrayList<>();
        for (int j = 0; j < 2; j++) {
            members.add(new UUID(5, 2 * i + j).toString());
            tx.members().insert(Things.member(members.get(j), pool.id(), "10.1.0." + j));
        }
        List<Heartbeat> heartbeats = new ArrayList<>();
        for (int j = 0; j < AMPHORAE; j++) {
            String amphora = "amphora-" + (i * AMPHORAE + j); // short, as what is made of it must be
            tx.amphorae().insert(Things.amphora(amphora, id, "192.0.2." + j, "198.51.100." + j));
            tx.health().heard(List.of(new AmphoraHealth(amphora, tx.now(), false)));
            heartbeats.add(heartbeat(amphora, listener.id(), pool.id(), members));
        }
        return heartbeats;
    }

    private static Heartbeat heartbeat(String amphora, String listener, String pool, List<String> members) {
        return new Heartbeat(
                amphora,
                0,
                Map.of(listener, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(1024, 5120, 3, 42, 1))),
                Map.of(
                        pool + ":" + listener,
                        new Heartbeat.Pool("UP", Map.of(members.get(0), "UP", members.get(1), "UP"))));
    }

    private static void run(
            HealthManager manager, DatagramSocket socket, List<Heartbeat> heartbeats, int from, int seconds)
            throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        long began = System.nanoTime();
        for (int i = 0; i < RATE * seconds; i++) {
            int number = from * RATE + i;
            Heartbeat one = heartbeats.get(number % heartbeats.size());
            Heartbeat now = new Heartbeat(one.amphora(), number / heartbeats.size(), one.listeners(), one.pools());
            byte[] datagram = Envelope.seal(now.toJson(), KEY);
            socket.send(new DatagramPacket(datagram, datagram.length, here, manager.port()));
            while (System.nanoTime() - began < i * (1_000_000_000L / RATE)) {
                LockSupport.parkNanos(500_000);
            }
        }
    }

    private static Map<String, Long> processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> times = new TreeMap<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("controller-")) {
                times.merge(info.getThreadName(), Math.max(0, threads.getThreadCpuTime(id)), Long::sum);
            }
        }
        return times;
    }
}
