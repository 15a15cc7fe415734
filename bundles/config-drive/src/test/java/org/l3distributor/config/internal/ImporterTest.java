// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.config.internal.drive.DriveFinder;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.net.Secret;

class ImporterTest {
    private static final String GOOD = DriveTree.AGENT + DriveTree.PROFILE;

    @TempDir
    Path folder;

    private Path source;
    private Path data;

    @BeforeEach
    void places() {
        source = folder.resolve("drive");
        data = folder.resolve("data");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_ofBothForms_givesProfileIdAndListener(boolean personality) {
        if (personality) {
            tree().personality(GOOD);
        } else {
            tree().writeFiles(GOOD);
        }
        checkGood(first());
    }

    @ParameterizedTest
    @ValueSource(strings = {"joliet.iso", "rockridge.iso", "plain.iso", "fat12.img"})
    void read_ofAnImage_givesProfileIdAndListener(String name) {
        source = Path.of("src/test/resources", name);
        checkGood(first());
    }

    private void checkGood(Reading reading) {
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.complete()).isTrue();
        assertThat(reading.source()).isEqualTo("config drive");
        assertThat(reading.amphoraId()).isEqualTo(DriveTree.AMPHORA);
        assertThat(reading.profile().peers()).extracting(PeerProfile::name).containsExactly("tor1", "tor2");
        assertThat(reading.profile().peers().get(0).md5Password())
                .isEqualTo(Secret.of("s3cr3t, with comma % and $ sign"));
        assertThat(reading.http())
                .isEqualTo(new HttpSettings(
                        "::",
                        9443,
                        data.resolve("config/import-1/files/etc/octavia/certs/server.pem"),
                        data.resolve("config/import-1/files/etc/octavia/certs/client_ca.pem")));
        assertThat(reading.http().serverCertificate()).hasContent("SERVER KEY");
        assertThat(reading.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void read_ofAnImport_keepsItsFilesToTheOwner() throws IOException {
        tree().personality(GOOD);
        first();
        try (Stream<Path> all = Files.walk(data.resolve("config"))) {
            for (Path one : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                        .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void read_afterTheImport_staysWithTheCopy() {
        tree().personality(GOOD);
        Reading before = first();
        tree().personality(GOOD.replace("64512", "64999"));
        assertThat(first()).isEqualTo(before);
        assertThat(next(before)).isEqualTo(before);
    }

    @Test
    void read_withoutTheDriveLater_staysWithTheCopy() {
        tree().personality(GOOD);
        Reading before = first();
        source = folder.resolve("ejected");
        assertThat(first()).isEqualTo(before);
    }

    @Test
    void read_forAnotherInstance_importsAgain() {
        tree().personality(GOOD);
        first();
        tree().personality(GOOD.replace("64512", "64999"));
        tree().write(
                        "openstack/latest/meta_data.json",
                        read("openstack/latest/meta_data.json").replace(DriveTree.INSTANCE, "another"));
        assertThat(first().profile().speakers().get(0).localAs().value()).isEqualTo(64999);
    }

    @Test
    void read_ofAWrongProfile_saysEveryFaultAndTakesTheMendedOne() throws IOException {
        tree().personality(GOOD.replace("64513", "0").replace("ip_version = 4", "ip_version = 5"));
        Reading wrong = first();
        assertThat(wrong.profile()).isNull();
        assertThat(wrong.complete()).isFalse();
        assertThat(wrong.http()).isNotNull();
        assertThat(wrong.faults()).extracting(ProfileFault::key).containsExactlyInAnyOrder("remote_as", "ip_version");
        assertThat(wrong.faults()).allMatch(f -> f.origin().equals("/etc/octavia/amphora-agent.conf"));

        Files.writeString(wrong.http().serverCertificate(), "ROTATED\n");
        tree().personality(GOOD).write("openstack/content/0000", "SECOND SERVER KEY\n");
        Reading mended = next(wrong);
        assertThat(mended.faults()).isEmpty();
        assertThat(mended.complete()).isTrue();
        assertThat(mended.http().serverCertificate()).hasContent("ROTATED");
    }

    @Test
    void read_ofACopyMendedByHand_takesIt() throws IOException {
        tree().personality(GOOD.replace("64513", "0"));
        Reading wrong = first();
        Path copy = data.resolve("config/import-1/files/etc/octavia/amphora-agent.conf");
        Files.writeString(copy, GOOD);
        assertThat(next(wrong).complete()).isTrue();
        assertThat(first().complete()).isTrue();
    }

    @Test
    void read_beforeThereIsADrive_saysSoAndTakesItWhenItComes() {
        Reading none = first();
        assertThat(none.source()).isEqualTo("none");
        assertThat(none.faults()).singleElement().matches(f -> f.rule().contains(source.toString()));
        tree().personality(GOOD);
        checkGood(next(none));
    }

    @Test
    void read_withoutCertificate_keepsTheProfileAndSaysWhyThereIsNoListener() {
        tree().personality(GOOD.replace("agent_server_cert = /etc/octavia/certs/server.pem", ""));
        Reading reading = first();
        assertThat(reading.profile()).isNotNull();
        assertThat(reading.http()).isNull();
        assertThat(reading.complete()).isFalse();
        assertThat(reading.faults()).singleElement().matches(f -> f.key().equals("agent_server_cert"));
    }

    @Test
    void read_ofACertificateThatComesLater_takesIt() {
        tree().personality(GOOD);
        String metaData = read("openstack/latest/meta_data.json");
        tree().write("openstack/latest/meta_data.json", metaData.replace("/etc/octavia/certs/server.pem", "/other"));
        Reading without = first();
        assertThat(without.http()).isNull();
        tree().write("openstack/latest/meta_data.json", metaData);
        assertThat(next(without).http()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"bind_port = 9443,bind_port = 0", "bind_port = 9443,bind_port = 65536", "bind_host = ::,bind_host = x"})
    void read_ofAWrongListenerAddress_usesTheDefaultAndSaysSo(String from, String to) {
        tree().personality(GOOD.replace(from, to));
        Reading reading = first();
        assertThat(reading.profile()).isNotNull();
        assertThat(reading.http().bindHost()).isEqualTo("::");
        assertThat(reading.http().bindPort()).isEqualTo(9443);
        assertThat(reading.faults()).singleElement().matches(f -> f.rule().contains("is used until it is mended"));
        tree().personality(GOOD.replace("9443", "9444"));
        assertThat(next(reading).http().bindPort()).isEqualTo(9444);
    }

    @Test
    void read_withoutAgentFile_saysSo() {
        tree().write("openstack/latest/meta_data.json", "{\"uuid\": \"x\"}");
        assertThat(first().faults()).singleElement().matches(f -> f.origin().equals(AgentReader.AGENT_FILE));
    }

    @Test
    void read_withoutAnyProfile_isNoFault_andAProfileIsTakenWhenItComes() {
        tree().personality(DriveTree.AGENT);
        Reading reading = first();
        assertThat(reading.profile()).isNull();
        assertThat(reading.http()).isNotNull();
        assertThat(reading.faults()).isEmpty();
        assertThat(reading.complete()).isFalse();
        tree().personality(GOOD);
        assertThat(next(reading).profile()).isNotNull();
    }

    @Test
    void read_withAPeerAndNoSpeaker_saysSo() {
        tree().personality(DriveTree.AGENT + "[l3_bgp_peer:tor1]\npeer_ip = 10.10.10.1\nremote_as = 64512\n");
        assertThat(first().faults()).anyMatch(f -> f.rule().contains("[l3_bgp_speaker]"));
    }

    @Test
    void read_ofAProfileInItsOwnFile_takesItUnlessItIsSaidTwice() {
        tree().writeFiles(DriveTree.AGENT);
        String file = "- path: " + AgentReader.PROFILE_FILE + "\n  content: |\n" + DriveTree.PROFILE.indent(8);
        tree().write(
                        "openstack/latest/user_data",
                        read("openstack/latest/user_data").replace("runcmd:", file + "runcmd:"));
        assertThat(first().profile().peers()).hasSize(2);

        source = folder.resolve("second");
        data = folder.resolve("second data");
        tree().writeFiles(GOOD);
        tree().write(
                        "openstack/latest/user_data",
                        read("openstack/latest/user_data").replace("runcmd:", file + "runcmd:"));
        assertThat(first().profile()).isNull();
    }

    @Test
    void read_ofAReferenceThatIsNotSet_hidesThePassword() {
        tree().personality(GOOD.replace("comma % and $ sign", "$comma"));
        Reading reading = first();
        assertThat(reading.profile()).isNull();
        assertThat(reading.faults().toString())
                .contains("md5_password")
                .doesNotContain("comma,")
                .doesNotContain("s3cr3t");
    }

    @Test
    void read_ofALineThatIsNoIni_namesTheLine() {
        tree().personality("nonsense\n" + GOOD);
        Reading reading = first();
        assertThat(reading.profile()).isNull();
        assertThat(reading.http()).isNotNull();
        assertThat(reading.faults()).singleElement().matches(f -> f.origin().endsWith("amphora-agent.conf:1"));
    }

    @Test
    void read_withAnOverlay_replacesAndAddsSingleKeys() {
        tree().personality(GOOD);
        Overlay overlay = Overlay.of(Map.of(
                "l3_bgp_peer:tor1/hold_time", 30,
                "l3_bgp_peer:tor2/remote_as", "64999",
                "service.pid", "x",
                "configDrive", "/x/y"));
        BgpProfile profile = importer().read(overlay, Reading.NONE).profile();
        assertThat(profile.peers().get(0).holdTime()).hasSeconds(30);
        assertThat(profile.peers().get(0).md5Password()).isNotNull();
        assertThat(profile.peers().get(1).remoteAs().value()).isEqualTo(64999);
    }

    @ParameterizedTest
    @CsvSource({
        "l3_bgp_peer:tor1/md5_password,hunter2,md5_password",
        "l3_bgp_peer:tor1/hold_time,1,hold_time",
        "l3_bgp_peer:tor1/nonsense,1,nonsense",
        "l3_bgp_peer:tor9/peer_ip,10.0.0.9,remote_as",
        "l3_bgp_peer,1,''"
    })
    void read_withAWrongOverlay_keepsWhatIsInForce(String name, String value, String key) {
        tree().personality(GOOD);
        Overlay good = Overlay.of(Map.of("l3_bgp_peer:tor2/hold_time", "30"));
        Reading before = importer().read(good, Reading.NONE);
        Reading after = importer().read(Overlay.of(Map.of(name, value)), before);
        assertThat(after.profile()).isEqualTo(before.profile());
        assertThat(after.faults()).anyMatch(f -> f.key().equals(key));
        assertThat(after.faults().toString()).doesNotContain("hunter2");
        assertThat(after.complete()).isTrue();
    }

    @Test
    void read_withoutAWritableDataDirectory_saysSoAndTriesAgain() throws IOException {
        tree().personality(GOOD);
        Files.writeString(data, "a file in the way");
        Reading blocked = first();
        assertThat(blocked.complete()).isFalse();
        assertThat(blocked.faults()).singleElement().matches(f -> f.origin().equals(data.toString()));
        Files.delete(data);
        checkGood(next(blocked));
    }

    @Test
    void read_ofManyImports_keepsTheLastTwo() throws IOException {
        for (int i = 1; i <= 4; i++) {
            tree().personality(GOOD);
            tree().write(
                            "openstack/latest/meta_data.json",
                            read("openstack/latest/meta_data.json").replace(DriveTree.INSTANCE, "instance-" + i));
            assertThat(first().complete()).isTrue();
        }
        try (Stream<Path> entries = Files.list(data.resolve("config"))) {
            assertThat(entries.map(p -> p.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(List.of("current", "import-3", "import-4"));
        }
    }

    @Test
    void read_afterAnInterruptedImport_importsBesideTheRest() throws IOException {
        tree().personality(GOOD);
        Files.createDirectories(data.resolve("config/import-1/files"));
        Files.writeString(data.resolve("config/current.new"), "import-1");
        Reading reading = first();
        assertThat(reading.complete()).isTrue();
        assertThat(reading.http().clientCa()).startsWith(data.resolve("config/import-2"));
    }

    private DriveTree tree() {
        return new DriveTree(source);
    }

    private String read(String path) {
        try {
            return Files.readString(source.resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Importer importer() {
        return new Importer(data, () -> DriveFinder.open(source));
    }

    /** A reading after a start. */
    private Reading first() {
        return next(Reading.NONE);
    }

    private Reading next(Reading before) {
        return importer().read(Overlay.NONE, before);
    }
}
