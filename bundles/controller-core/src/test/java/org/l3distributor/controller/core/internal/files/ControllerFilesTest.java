// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.controller.core.internal.drivers.AmphoraFiles;
import org.l3distributor.controller.core.internal.identity.CertificateIssuer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;
import org.l3distributor.net.pem.Pem;

class ControllerFilesTest {
    private static final String SPEAKER = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String SERVES = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final String COMBINED = "aaaaaaaa-0000-4000-8000-000000000003";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    private final MemoryStore store = new MemoryStore(Clock.fixed(NOW, ZoneOffset.UTC));
    private ControllerFiles files;

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws Exception {
        assumeTrue(Files.isExecutable(OPENSSL), "needs openssl");
        Process made = new ProcessBuilder(
                        OPENSSL.toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=Test",
                        "-keyout",
                        "ca.key",
                        "-out",
                        "ca.pem")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        CertificateIssuer issuer = new CertificateIssuer(
                Files.readAllBytes(directory.resolve("ca.pem")),
                Files.readAllBytes(directory.resolve("ca.key")),
                Duration.ofDays(30));
        files = new ControllerFiles(
                store,
                issuer,
                new ControllerFiles.Settings(
                        "192.0.2.250:5555", Secret.of("insecure-test-key"), 10, null, new byte[] {'c', 'a'}));
        store.run(tx -> {
            tx.distributors()
                    .insert(new Distributor("racks", "L3_BGP", ProvisioningStatus.ACTIVE, "racks", true, 2, 0));
            tx.amphorae().insert(speaker());
            tx.amphorae().insert(serves());
            for (String name : List.of("mine", "others")) {
                tx.speakers()
                        .insert(new BgpSpeaker(
                                name, AddressFamily.IPV4, new AsNumber(64512), name, null, List.of(), 0));
                tx.peers().insert(peer("tor-of-" + name));
                tx.speakers().addPeer(name, "tor-of-" + name);
            }
            tx.speakers().assign("mine", SPEAKER);
        });
    }

    private static Amphora speaker() {
        return Amphora.planned(SPEAKER, null, "distributor", NOW).speakingFor("racks");
    }

    private static Amphora serves() {
        return Amphora.planned(SERVES, null, "lb", NOW);
    }

    private static BgpPeer peer(String name) {
        return new BgpPeer(
                name,
                IpAddress.parse("192.0.2.254"),
                new AsNumber(64513),
                null,
                null,
                null,
                null,
                name,
                null,
                EnumSet.noneOf(AddressFamily.class),
                false,
                false,
                true,
                0);
    }

    private static String agent(AmphoraFiles.Made made) {
        Map<String, byte[]> byPath = made.byPath();
        return new String(byPath.get("/etc/octavia/amphora-agent.conf"), StandardCharsets.UTF_8);
    }

    @Test
    void aSpeaker_getsTheProfileThatItIsToRun_andSaysThatItIsADistributor() throws Exception {
        assertThat(agent(files.of(speaker())))
                .contains("amphora_id = " + SPEAKER)
                .contains("service_type = distributor")
                .contains("tor-of-mine")
                .doesNotContain("tor-of-others");
    }

    @Test
    void anAmphora_thatOnlyServes_getsNoProfile() throws Exception {
        assertThat(agent(files.of(serves()))).contains("amphora_id = " + SERVES).doesNotContain("l3_bgp");
    }

    @Test
    void anAmphora_thatAnnouncesForItself_runsASpeakerThatNoDedicatedOneRuns_ifThereIsOne() throws Exception {
        Amphora combined = Amphora.planned(COMBINED, null, "combined", NOW);
        store.run(tx -> {
            tx.amphorae().insert(combined);
            tx.speakers()
                    .insert(new BgpSpeaker(
                            "z-more", AddressFamily.IPV4, new AsNumber(64599), "z-more", null, List.of(), 0));
            tx.speakers().addPeer("z-more", "tor-of-mine");
        });
        assertThat(agent(files.of(combined)))
                .as("one of each IP version, or the profile is broken")
                .contains("service_type = combined")
                .contains("tor-of-others")
                .doesNotContain("tor-of-mine");
        store.run(tx -> {
            tx.speakers().unassign("others", COMBINED);
            tx.speakers().assign("others", SPEAKER);
            tx.speakers().assign("z-more", SPEAKER);
        });
        assertThat(agent(files.of(combined))).as("there are no others").contains("tor-of-mine");
    }

    @Test
    void anAmphora_fromWhichItsLastSpeakerWasTaken_hasNone_andKeepsThoseThatItIsGiven() throws Exception {
        Amphora combined = Amphora.planned(COMBINED, null, "combined", NOW);
        store.run(tx -> tx.amphorae().insert(combined));
        assertThat(agent(files.of(combined))).contains("tor-of-others");
        store.run(tx -> tx.speakers().unassign("others", COMBINED));
        assertThat(pushed(combined)).contains("amphora_id = " + COMBINED).doesNotContain("l3_bgp");
        List<BgpSpeaker> assigned = store.in(tx -> tx.speakers().of(COMBINED));
        assertThat(assigned).isEmpty();
        store.run(tx -> tx.speakers().assign("mine", COMBINED));
        assertThat(pushed(combined)).contains("tor-of-mine").doesNotContain("tor-of-others");
    }

    private String pushed(Amphora amphora) throws Exception {
        return new String(files.settings(amphora), StandardCharsets.UTF_8);
    }

    @Test
    void theCertificate_namesTheAmphora_andEndsWhenItIsSaidTo() throws Exception {
        AmphoraFiles.Made made = files.of(speaker());
        X509Certificate first = Pem.certificates(made.byPath().get("/etc/octavia/certs/server.pem"))
                .get(0);
        assertThat(first.getSubjectX500Principal().getName()).isEqualTo("CN=" + SPEAKER);
        assertThat(first.getNotAfter().toInstant()).isEqualTo(made.certificateExpires());
        AmphoraFiles.Certificate next = files.certificate(SPEAKER);
        assertThat(next.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(Pem.certificates(next.pem()).get(0).getSubjectX500Principal())
                .isEqualTo(first.getSubjectX500Principal());
    }
}
