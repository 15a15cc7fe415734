// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecord.Topology;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.contract.MemoryRecords;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/** Rounds of repair over a fleet in a process of its own; checks what they did, and says how long they took. */
final class RepairScale {
    private static final int SPEAKERS = 8;

    private final FleetProcess fleet;
    private final Clients clients;
    private final int balancers;

    private RepairScale(FleetProcess fleet, Clients clients, int balancers) {
        this.fleet = fleet;
        this.clients = clients;
        this.balancers = balancers;
    }

    /** In this process; for a bound on its heap. */
    public static void main(String[] arguments) throws Exception {
        Clients.Limits asShipped =
                Clients.Limits.of(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(5));
        run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), asShipped);
    }

    static Counts run(Path directory, int balancers, Clients.Limits limits) throws Exception {
        int calls;
        int connections;
        FleetPki pki = FleetPki.make(directory);
        try (FleetProcess fleet = new FleetProcess(directory, balancers * Fleet.MEMBERS, SPEAKERS);
                Clients clients = new Clients(pki.client(), limits)) {
            RepairScale scale = new RepairScale(fleet, clients, balancers);
            scale.combined();
            calls = fleet.ask("calls");
            connections = fleet.ask("connections");
            scale.dedicated();
        }
        return new Counts(calls, connections);
    }

    /** What members have seen of three rounds, before the last of which their connections were lost. */
    record Counts(int calls, int connections) {}

    /** Members that announce themselves: each is asked once a round, and keeps its connection. */
    private void combined() throws Exception {
        DistributorRecord distributor = Surroundings.combined();
        int members = balancers * Fleet.MEMBERS;
        try (L3BgpDriver driver = driver(records(distributor))) {
            calm(driver, "combined, first round");
            int connections = fleet.ask("connections");
            assertThat(connections).isGreaterThanOrEqualTo(members); // more where attempts were repeated
            calm(driver, "combined, connections kept");
            assertThat(fleet.ask("connections")).isEqualTo(connections);
            fleet.ask("hangup");
            calm(driver, "combined, all connections lost");
            System.out.printf(
                    "combined, three rounds: %d members, %d calls, %d connections%n",
                    members, fleet.ask("calls"), fleet.ask("connections"));
        }
    }

    /** Speakers that have lost everything, as when all were replaced, get all of it back. */
    private void dedicated() throws Exception {
        List<SpeakerHost> speakers = IntStream.range(0, SPEAKERS)
                .mapToObj(i -> new SpeakerHost(
                        Fleet.speaker(i), fleet.speakers.get(i), "rack" + i % Fleet.MEMBERS, true, peers()))
                .toList();
        DistributorRecord distributor =
                new DistributorRecord("d1", L3BgpDriver.L3_BGP, Topology.DEDICATED, 2, speakers);
        try (L3BgpDriver driver = driver(records(distributor))) {
            RepairReport report = round(driver, "dedicated, everything lost");
            assertThat(report.mended()).isEqualTo(balancers);
            for (int i = 0; i < 3 && round(driver, "dedicated, the next round").mended() > 0; i++) {
                System.out.println("attempts that took too long were left to the next round");
            }
            calm(driver, "dedicated, all well");
            DriverResult<DistributorStatus> status =
                    driver.status("d1").toCompletableFuture().get(5, TimeUnit.MINUTES);
            assertThat(((DriverResult.Done<DistributorStatus>) status).value().vips())
                    .hasSize(balancers)
                    .allSatisfy(vip -> assertThat(vip.members())
                            .hasSize(Fleet.MEMBERS)
                            .allSatisfy(m -> assertThat(m.reach()).isEqualTo(MemberStatus.Reach.ANNOUNCED)));
        }
    }

    private static List<SpeakerHost.Peer> peers() {
        return Stream.of("tor1", "tor2")
                .map(p -> new SpeakerHost.Peer(new PeerId(p), Set.of(AddressFamily.IPV4), false))
                .toList();
    }

    private L3BgpDriver driver(MemoryRecords records) {
        return new L3BgpDriver(records, clients, Duration.ofSeconds(5), Duration.ZERO);
    }

    /** With every load balancer placed. */
    private MemoryRecords records(DistributorRecord distributor) throws Exception {
        MemoryRecords records = new MemoryRecords();
        records.put(distributor);
        RecordEditor editor = new RecordEditor(records, L3BgpDriver.L3_BGP);
        for (int i = 0; i < balancers; i++) {
            int first = i * Fleet.MEMBERS;
            VipKey key = new VipKey("d1", "lb-" + i);
            editor.add(key, List.of(Fleet.vip(i)));
            editor.change(
                    key,
                    VipWork.placing((found, read) ->
                            Outcome.done(read.with(IntStream.range(first, first + Fleet.MEMBERS)
                                    .mapToObj(m -> Fleet.member(m, fleet.members.get(m)))
                                    .toList()))));
        }
        return records;
    }

    private void calm(L3BgpDriver driver, String name) throws Exception {
        assertThat(round(driver, name).mended()).isZero();
    }

    private RepairReport round(L3BgpDriver driver, String name) throws Exception {
        long before = cpu();
        RepairReport report = driver.repair().toCompletableFuture().get(5, TimeUnit.MINUTES);
        long after = cpu();
        assertThat(report.vips()).isEqualTo(balancers);
        assertThat(report.unasked()).isZero();
        System.gc();
        System.out.printf(
                "%s: %d load balancers in %d ms, %d ms of CPU; heap %d MB after a collection, of %d%n",
                name,
                balancers,
                report.took().toMillis(),
                (after - before) / 1_000_000,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(60));
        return report;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
