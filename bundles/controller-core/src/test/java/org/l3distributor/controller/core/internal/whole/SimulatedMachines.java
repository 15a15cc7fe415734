// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.whole;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.distributor.compute.InstanceSpec;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;
import org.l3distributor.net.pem.Pem;

/**
 * Instances that are amphorae of this process: each has the address of its management port, the certificate and the
 * authority of its config drive, and sends heartbeats of what it was told to run. One can die as a machine dies: it
 * doesn't answer, and says nothing.
 */
final class SimulatedMachines implements ComputeDriver, AutoCloseable {
    private static final long BEAT_MS = 200;

    /** What is wrong with a machine from its beginning. */
    enum Oddity {
        /** It takes a call, and says nothing. */
        SILENT,
        /** It answers, but not in JSON. */
        GARBAGE,
        /** It has the certificate of the machine before it. */
        ANOTHER,
        /** It fails at whatever it is told to run. */
        SAYS_500
    }

    /** @param dead it was killed, and the compute driver doesn't know */
    private record Machine(Instance instance, SimulatedAmphora amphora, Set<String> dead) {}

    private final int port;
    private final Secret key;
    private final Map<String, Machine> machines = new TreeMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Set<String> mute = ConcurrentHashMap.newKeySet();
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-heartbeats");
        thread.setDaemon(true);
        return thread;
    });
    private final DatagramSocket socket;
    private final Deque<Oddity> oddities = new ArrayDeque<>();
    private final Set<String> odd = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Heartbeat.Counts counts = Heartbeat.Counts.NONE;
    private volatile int healthManager;
    private SSLContext before;
    private Runnable onCreate = () -> {};

    /**
     * @param port of every amphora's API
     * @param key what heartbeats are signed with
     */
    SimulatedMachines(int port, Secret key) throws IOException {
        this.port = port;
        this.key = key;
        socket = new DatagramSocket();
    }

    /** From now on heartbeats go there. */
    void beat(int udpPort) {
        healthManager = udpPort;
        var unused = heart.scheduleWithFixedDelay(this::beat, 0, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    /** What every listener of every amphora counts between two heartbeats. */
    void counting(Heartbeat.Counts each) {
        counts = each;
    }

    /** The machine is gone, and nobody says so. */
    synchronized void kill(String amphoraId) {
        Machine machine = machines.get(amphoraId);
        machine.dead().add(amphoraId);
        machine.amphora().close();
    }

    /** Their heartbeats are lost on the way. */
    void mute(Iterable<String> amphoraIds) {
        amphoraIds.forEach(mute::add);
    }

    void unmute() {
        mute.clear();
    }

    synchronized SimulatedAmphora amphora(String id) {
        return machines.get(id).amphora();
    }

    synchronized Set<String> ids() {
        return Set.copyOf(machines.keySet());
    }

    /** The next machines that are made are so, one after the other. */
    synchronized void next(Oddity... wrong) {
        oddities.addAll(List.of(wrong));
    }

    /** Those with which something was wrong from the beginning. */
    Set<String> odd() {
        return Set.copyOf(odd);
    }

    /** Is called before each machine that is made from now on. */
    synchronized void onCreate(Runnable look) {
        onCreate = look;
    }

    /** All that were ever made. */
    Set<String> made() {
        return Set.copyOf(made);
    }

    @Override
    public synchronized CompletionStage<Outcome<Instance>> create(InstanceSpec spec) {
        String id = spec.amphoraId();
        Machine there = machines.get(id);
        if (there != null) {
            return done(there.instance());
        }
        onCreate.run();
        IpAddress address = spec.ports().get(0).addresses().get(0).address();
        try {
            Oddity oddity = oddities.poll();
            SSLContext own = tls(spec.files());
            SimulatedAmphora amphora = new SimulatedAmphora(
                    id, oddity == Oddity.ANOTHER ? before : own, address.toInetAddress(), port, "tor1");
            before = own;
            amphora.misbehave(exchange -> served(amphora, exchange) || oddity != null && behaves(oddity, exchange));
            if (oddity != null) {
                odd.add(id);
            }
            Instance instance = new Instance(
                    id,
                    UUID.randomUUID().toString(),
                    Instance.State.ACTIVE,
                    address,
                    spec.ports().stream().map(Port::id).toList(),
                    "rack-" + made.size() % 2,
                    null);
            machines.put(id, new Machine(instance, amphora, new HashSet<>()));
            made.add(id);
            return done(instance);
        } catch (IOException | GeneralSecurityException e) {
            return CompletableFuture.completedFuture(Outcome.refused(Refusal.notReady(e.toString())));
        }
    }

    private boolean behaves(Oddity oddity, HttpExchange exchange) throws IOException {
        return switch (oddity) {
            case SILENT -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield true;
            }
            case GARBAGE -> SimulatedAmphora.answer(exchange, 200, "<html>");
            case SAYS_500 ->
                exchange.getRequestMethod().equals("PUT")
                        && SimulatedAmphora.answer(exchange, 500, "{\"message\":\"no\"}");
            case ANOTHER -> false;
        };
    }

    /** What is plugged is served as soon as something runs, as own_vips tells. */
    private static boolean served(SimulatedAmphora amphora, HttpExchange exchange) {
        amphora.agent().plugged().forEach((vip, body) -> {
            if (!vip.startsWith("mac ")) {
                amphora.serve(
                        IpAddress.parse(vip),
                        IpAddress.parse(body.get("vrrp_ip").asText()));
            }
        });
        return false;
    }

    private static SSLContext tls(Map<String, byte[]> files) throws GeneralSecurityException, IOException {
        byte[] server = files.get("/etc/octavia/certs/server.pem");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server",
                Pem.privateKey(server),
                new char[0],
                Pem.certificates(server).toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(own, new char[0]);
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        clients.setCertificateEntry(
                "ca",
                Pem.certificates(files.get("/etc/octavia/certs/client_ca.pem")).get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void beat() {
        List<byte[]> datagrams = new ArrayList<>();
        synchronized (this) {
            for (Machine machine : machines.values()) {
                String id = machine.instance().amphoraId();
                if (machine.dead().isEmpty() && !mute.contains(id)) {
                    long sequence = sequences.merge(id, 1L, Long::sum);
                    datagrams.add(
                            Envelope.seal(heartbeat(machine.amphora(), sequence).toJson(), key));
                }
            }
        }
        for (byte[] datagram : datagrams) {
            try {
                socket.send(new DatagramPacket(
                        datagram, datagram.length, new InetSocketAddress("127.0.0.1", healthManager)));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException("a heartbeat to this host can't be sent", e);
                }
            }
        }
    }

    private Heartbeat heartbeat(SimulatedAmphora amphora, long sequence) {
        Map<String, Heartbeat.Listener> listeners = new HashMap<>();
        Map<String, Heartbeat.Pool> pools = new HashMap<>();
        for (String loadBalancer : amphora.agent().running()) {
            String pool = "";
            Map<String, String> members = new HashMap<>();
            for (String line :
                    amphora.agent().configuration(loadBalancer).lines().toList()) {
                String[] words = line.strip().split(" ", 3);
                if (words[0].equals("frontend")) {
                    listeners.put(words[1], new Heartbeat.Listener("OPEN", counts));
                } else if (words[0].equals("backend")) {
                    pool = words[1];
                    members = new HashMap<>();
                    pools.put(pool, new Heartbeat.Pool("UP", members));
                } else if (words[0].equals("server")) {
                    members.put(words[1], words[2].contains(" check") ? "UP" : "no check");
                    pools.put(pool, new Heartbeat.Pool("UP", members));
                }
            }
        }
        return new Heartbeat(amphora.id(), sequence, listeners, pools);
    }

    @Override
    public synchronized CompletionStage<Outcome<Optional<Instance>>> find(String amphoraId) {
        return done(Optional.ofNullable(machines.get(amphoraId)).map(Machine::instance));
    }

    @Override
    public synchronized CompletionStage<Outcome<Boolean>> delete(String amphoraId) {
        Machine machine = machines.remove(amphoraId);
        if (machine != null) {
            machine.amphora().close();
        }
        return done(machine != null);
    }

    @Override
    public synchronized CompletionStage<Outcome<Instance>> attach(String amphoraId, Port port) {
        return done(machines.get(amphoraId).instance());
    }

    @Override
    public synchronized CompletionStage<Outcome<Instance>> detach(String amphoraId, String portId) {
        return done(machines.get(amphoraId).instance());
    }

    @Override
    public synchronized CompletionStage<Outcome<List<Instance>>> list() {
        return done(machines.values().stream().map(Machine::instance).toList());
    }

    private static <T> CompletionStage<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(Outcome.done(value));
    }

    @Override
    public synchronized void close() {
        end.countDown();
        heart.shutdownNow();
        socket.close();
        machines.values().forEach(machine -> machine.amphora().close());
    }
}
