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
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;

/**
 * What heartbeats cost: 1,000 load balancers of 4 amphorae each, 400 heartbeats a second, to a health manager over tables
 * in memory. Prints the processor time of the health manager's threads, after a warming up. Not a test; see the README.
 */
final class HeartbeatBench {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final int LOAD_BALANCERS = 1000;
    private static final int AMPHORAE = 4;
    private static final int RATE = 400;

    private HeartbeatBench() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        Clock clock = Clock.systemUTC();
        MemoryStore store = new MemoryStore(clock);
        List<Heartbeat> heartbeats = fill(store);
        HealthManager.Settings settings = new HealthManager.Settings(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                KEY,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                WithdrawalBudget.DEFAULT,
                Duration.ofMillis(200),
                Duration.ofMillis(500));
        try (HealthManager manager = new HealthManager(store, settings, clock, () -> {}, new BeatLog());
                DatagramSocket socket = new DatagramSocket()) {
            run(manager, socket, heartbeats, 0, seconds);
            long before = manager.counts().alive.sum();
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
                    alive, seconds, manager.counts().dropped.sum(), sum / 1e7 / seconds);
        }
    }

    private static List<Heartbeat> fill(MemoryStore store) throws Exception {
        List<Heartbeat> heartbeats = new ArrayList<>();
        store.run(tx -> {
            heartbeats.clear();
            for (int i = 0; i < LOAD_BALANCERS; i++) {
                String id = new UUID(1, i).toString();
                LoadBalancer made = Things.loadBalancer(id, "lb" + i, "203.0." + i / 250 + "." + (1 + i % 250));
                tx.loadBalancers().insert(made.with(made.header().with(ProvisioningStatus.ACTIVE)));
                Listener listener = Things.listener(new UUID(2, i).toString(), id, 80, null);
                tx.listeners().insert(listener);
                for (int j = 0; j < AMPHORAE; j++) {
                    String amphora = new UUID(3, i * AMPHORAE + j).toString();
                    tx.amphorae().insert(Things.amphora(amphora, id, "192.0.2." + j, "198.51.100." + j));
                    tx.health().heard(List.of(new AmphoraHealth(amphora, tx.now(), false)));
                    heartbeats.add(heartbeat(amphora, listener.id()));
                }
            }
        });
        return heartbeats;
    }

    private static Heartbeat heartbeat(String amphora, String listener) {
        return new Heartbeat(
                amphora,
                0,
                Map.of(listener, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(1024, 5120, 3, 42, 1))),
                Map.of("p:" + listener, new Heartbeat.Pool("UP", Map.of("m1", "UP", "m2", "UP"))));
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
