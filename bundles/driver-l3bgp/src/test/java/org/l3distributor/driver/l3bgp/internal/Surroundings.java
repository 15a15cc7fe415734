// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.client.internal.retry.Backoff;
import org.l3distributor.client.internal.retry.Breaker;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecord.Topology;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** Simulated amphorae behind real TLS, and a real client for them. */
final class Surroundings implements AutoCloseable {
    static final String TOR1 = "tor1";
    static final String TOR2 = "tor2";

    final List<SimulatedAmphora> amphorae = new ArrayList<>();
    private final Clients patient;
    private final Clients hasty;
    private final Clients brief;
    private final Path directory;

    /** @param kind "speaker" or "amphora" */
    Surroundings(String kind, int count) {
        try {
            directory = Files.createTempDirectory("l3bgp");
            for (int i = 1; i <= count; i++) {
                amphorae.add(new SimulatedAmphora(kind + "-" + i, TOR1, TOR2));
            }
            ClientTls tls =
                    new ClientTls(TestPki.copy("controller.pem", directory), TestPki.copy("authority.crt", directory));
            patient = new Clients(
                    tls, Clients.Limits.of(Duration.ofSeconds(40), Duration.ofSeconds(20), Duration.ofSeconds(10)));
            hasty = new Clients(
                    tls, Clients.Limits.of(Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(3)));
            Duration second = Duration.ofSeconds(1);
            brief = new Clients(
                    tls,
                    new Clients.Limits(
                            second,
                            second,
                            second,
                            second,
                            new Backoff(Duration.ofMillis(100), Duration.ofMillis(200)),
                            new Breaker.Rules(Integer.MAX_VALUE, second, second, second)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For what must succeed, however busy the machine is. */
    L3BgpDriver driver(DistributorRecords records) {
        return driver(records, Duration.ofMillis(600));
    }

    /** @param patience for routes on their way */
    L3BgpDriver driver(DistributorRecords records, Duration patience) {
        return new L3BgpDriver(records, patient, patience, Duration.ZERO);
    }

    /** For amphorae that are away. */
    L3BgpDriver hasty(DistributorRecords records) {
        return new L3BgpDriver(records, hasty, Duration.ofMillis(600), Duration.ZERO);
    }

    /** For what fails whatever it does: it gives up after a second, and tries as often as it is asked. */
    L3BgpDriver brief(DistributorRecords records) {
        return new L3BgpDriver(records, brief, Duration.ofMillis(200), Duration.ZERO);
    }

    SimulatedAmphora amphora(int number) {
        return amphorae.get(number - 1);
    }

    static Member member(int number, SimulatedAmphora amphora) {
        return new Member(
                "amphora-" + number,
                amphora == null ? null : amphora.address(),
                List.of(IpAddress.parse("10.20.0." + number), IpAddress.parse("2001:db8:f::" + number)),
                "rack" + number % 2);
    }

    static DistributorRecord combined() {
        return new DistributorRecord("d1", L3BgpDriver.L3_BGP, Topology.COMBINED, 1, List.of());
    }

    /** All amphorae as speakers. */
    DistributorRecord dedicated(int redundancy, String... dead) {
        return new DistributorRecord(
                "d1",
                L3BgpDriver.L3_BGP,
                Topology.DEDICATED,
                redundancy,
                amphorae.stream()
                        .map(a -> host(a, !Set.of(dead).contains(a.id())))
                        .toList());
    }

    private static SpeakerHost host(SimulatedAmphora amphora, boolean alive) {
        Set<AddressFamily> both = Set.of(AddressFamily.IPV4, AddressFamily.IPV6);
        return new SpeakerHost(
                amphora.id(),
                amphora.address(),
                "rack" + amphora.id().charAt(amphora.id().length() - 1),
                alive,
                Stream.of(TOR1, TOR2)
                        .map(p -> new SpeakerHost.Peer(new PeerId(p), both, false))
                        .toList());
    }

    @Override
    public void close() {
        patient.close();
        hasty.close();
        brief.close();
        amphorae.forEach(SimulatedAmphora::close);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
