// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.beat.BeatLog;
import org.l3distributor.controller.core.internal.beat.HealthManager;
import org.l3distributor.controller.core.internal.drivers.DriverEffects;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.files.ControllerFiles;
import org.l3distributor.controller.core.internal.flow.Limits;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.controller.core.internal.run.DefaultDistributor;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.run.WorkLog;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.compute.ComputeDriver;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ListenerRules;
import org.l3distributor.distributor.controller.LoadBalancerRules;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.MemberRules;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.PoolRules;
import org.l3distributor.distributor.controller.PoolView;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Drivers;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkDriver;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.driver.l3bgp.internal.L3BgpOn;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.Secret;
import org.l3distributor.relational.Dialect;

/**
 * One controller as a container would put it together, but for compute and networks: tables on PostgreSQL, the driver for
 * BGP speakers, amphorae that are asked over mutual TLS, heartbeats over UDP; with seconds in place of minutes.
 */
final class WholeController implements AutoCloseable, DriverSet {
    static final Duration SILENCE = Duration.ofSeconds(5);
    static final Duration BOOT = Duration.ofSeconds(15);
    static final Duration WINDOW = Duration.ofSeconds(12);
    static final String DISTRIBUTOR = "d1500000-0000-4000-8000-000000000001";

    private static final String MANAGEMENT = "30000000-0000-4000-8000-000000000001";
    private static final String MANAGEMENT4 = "30000000-0000-4000-8000-000000000004";
    private static final String FRONT = "f0000000-0000-4000-8000-000000000001";
    private static final String FRONT4 = "f0000000-0000-4000-8000-000000000004";
    private static final Secret KEY = Secret.of("insecure-test-key");

    final StoreOn on;
    final SimulatedMachines machines;
    final Services services;
    final DistributorRecords records;
    private final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(
                    new Network(MANAGEMENT, "management", 1500, false),
                    new Subnet(MANAGEMENT4, MANAGEMENT, "management4", IpPrefix.parse("127.0.1.0/24"), null, List.of()))
            .with(
                    new Network(FRONT, "front", 1500, true),
                    new Subnet(FRONT4, FRONT, "front4", IpPrefix.parse("198.51.100.0/24"), null, List.of()));
    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final Clients clients;
    private final L3BgpOn driver;
    private final Drivers distributors = new Drivers(Duration.ofSeconds(75));
    private final Worker worker;
    private final HealthManager health;

    /** @param directory for certificates */
    WholeController(Path directory, int amphorae) throws Exception {
        on = StoreOn.fresh(Dialect.POSTGRESQL);
        int port = freePort();
        machines = new SimulatedMachines(port, KEY);
        records = on.records(port);
        CertificateIssuer issuer = issuer(directory);
        clients = new Clients(
                new ClientTls(TestPki.copy("controller.pem", directory), directory.resolve("authority.pem")),
                Clients.Limits.of(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofSeconds(3)));
        driver = new L3BgpOn(records, clients, Duration.ofSeconds(2), Duration.ofSeconds(1));
        distributors.add(L3BgpOn.TYPE, driver.driver());
        DefaultDistributor.ensure(on.store(), DISTRIBUTOR, L3BgpOn.TYPE);
        ControllerFiles files = new ControllerFiles(
                on.store(),
                issuer,
                new ControllerFiles.Settings("127.0.0.1:5555", KEY, 1, null, TestPki.bytes("authority.crt")));
        DriverEffects effects = new DriverEffects(
                this,
                files,
                new DriverEffects.Settings("simulated", MANAGEMENT, MANAGEMENT4, port, Duration.ofSeconds(60)),
                executor);
        worker = new Worker(
                on.store(),
                effects,
                new Worker.Settings(
                        "controller-1",
                        DISTRIBUTOR,
                        8,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(200),
                        new Limits(BOOT, 3, 4, Duration.ofMillis(200))),
                new WorkLog());
        health = new HealthManager(
                on.store(),
                new HealthManager.Settings(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                        KEY,
                        Duration.ofSeconds(2),
                        Silence.of(Duration.ofSeconds(2), SILENCE, Duration.ofMinutes(5), Duration.ofMinutes(15)),
                        new WithdrawalBudget(0.5, WINDOW),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200)),
                Clock.systemUTC(),
                worker::nudge,
                new BeatLog());
        services = new Services(on.store(), this::network, executor, worker::nudge, amphorae);
        machines.beat(health.port());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.1.101"))) {
            return socket.getLocalPort();
        }
    }

    private static CertificateIssuer issuer(Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-addext",
                        "keyUsage=critical,keyCertSign,cRLSign",
                        "-subj",
                        "/CN=authority of amphorae",
                        "-keyout",
                        "authority.key",
                        "-out",
                        "authority.pem")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("openssl")))
                .isZero();
        return new CertificateIssuer(
                Files.readAllBytes(directory.resolve("authority.pem")),
                Files.readAllBytes(directory.resolve("authority.key")),
                Duration.ofDays(1));
    }

    static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        return done(stage.toCompletableFuture().get(60, TimeUnit.SECONDS));
    }

    static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    /** A load balancer with a listener, a pool and a member that nobody checks, all in service; its id. */
    String loadBalancer() throws Exception {
        String id = done(services.loadBalancers()
                        .create(
                                done(LoadBalancerRules.create(Map.of("loadbalancer", Map.of("vip_subnet_id", FRONT4)))),
                                "project"))
                .loadBalancer()
                .id();
        active(id);
        String listener = done(services.listeners()
                        .create(done(ListenerRules.create(Map.of(
                                "listener", Map.of("protocol", "HTTP", "protocol_port", 80, "loadbalancer_id", id))))))
                .id();
        active(id);
        PoolView pool = done(services.pools()
                .create(done(PoolRules.create(Map.of(
                        "pool", Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "listener_id", listener))))));
        active(id);
        var unused = done(services.members()
                .create(
                        pool.pool().id(),
                        done(MemberRules.create(
                                Map.of("member", Map.of("address", "192.0.2.200", "protocol_port", 8080))))));
        active(id);
        return id;
    }

    LoadBalancerTree tree(String id) throws StoreException {
        return on.store()
                .in(tx -> Snapshots.tree(tx, tx.loadBalancers().find(id).orElseThrow()));
    }

    LoadBalancerTree active(String id) throws Exception {
        await(
                "active",
                Duration.ofSeconds(60),
                () -> tree(id).loadBalancer().header().provisioning() == ProvisioningStatus.ACTIVE);
        return tree(id);
    }

    OperatingStatus operating(String id) throws StoreException {
        return tree(id).loadBalancer().header().operating();
    }

    /** Its amphorae by status. */
    Map<ProvisioningStatus, List<String>> amphorae(String id) throws StoreException {
        return on.store()
                .in(tx -> Snapshots.amphorae(tx, id).stream()
                        .collect(Collectors.groupingBy(
                                Amphora::status, Collectors.mapping(Amphora::id, Collectors.toList()))));
    }

    List<String> serving(String id) throws StoreException {
        return amphorae(id).getOrDefault(ProvisioningStatus.ALLOCATED, List.of());
    }

    VipRecord record(String id) throws StoreException {
        return records.vip(new VipKey(DISTRIBUTOR, id)).orElseThrow();
    }

    List<Task> tasks() throws StoreException {
        return on.store().in(tx -> tx.tasks().open(100));
    }

    boolean rowIsThere(String amphoraId) throws StoreException {
        return on.store().in((Transaction tx) -> tx.amphorae().find(amphoraId)).isPresent();
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /** Asks until it holds; says how things stand when it doesn't in time. */
    void await(String what, Duration patience, Condition condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + patience + ": " + what + "; tasks " + tasks() + "; machines "
                        + machines.ids() + "; amphorae "
                        + on.store()
                                .in(tx -> tx.amphorae().page(Query.all()).stream()
                                        .map(a -> a.id() + " " + a.status())
                                        .toList()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public Optional<ComputeDriver> compute() {
        return Optional.of(machines);
    }

    @Override
    public Optional<NetworkDriver> network() {
        return Optional.of(networks);
    }

    @Override
    public Optional<DistributorDriver> distributor(String type) {
        return distributors.of(type);
    }

    @Override
    public Optional<AmphoraClients> amphorae() {
        return Optional.of(clients);
    }

    @Override
    public void close() {
        health.close();
        worker.close();
        distributors.close();
        driver.close();
        clients.close();
        machines.close();
        executor.shutdownNow();
        on.close();
    }
}
