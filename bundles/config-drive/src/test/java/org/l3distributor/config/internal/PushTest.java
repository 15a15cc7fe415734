// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.config.internal.drive.DriveFinder;
import org.l3distributor.distributor.amphora.Reply;

class PushTest {
    private static final String GOOD = DriveTree.AGENT + DriveTree.PROFILE;

    @TempDir
    Path folder;

    private Reading imported;

    @BeforeEach
    void imports() {
        new DriveTree(folder.resolve("drive")).personality(GOOD);
        imported = afterAStart();
        assertThat(imported.complete()).isTrue();
    }

    private Importer importer() {
        return new Importer(folder.resolve("data"), () -> DriveFinder.open(folder.resolve("drive")));
    }

    private Reading afterAStart() {
        return importer().read(Overlay.NONE, Reading.NONE);
    }

    private Reply<Reading> push(String text, Reading before) {
        return importer().push(text.getBytes(StandardCharsets.UTF_8), Overlay.NONE, before);
    }

    private Reading pushed(String text, Reading before) {
        Reply<Reading> reply = push(text, before);
        assertThat(reply).as(reply.toString()).isInstanceOf(Reply.Done.class);
        return ((Reply.Done<Reading>) reply).value();
    }

    private String refused(String text) {
        Reply<Reading> reply = push(text, imported);
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        Reply.Refused<Reading> refused = (Reply.Refused<Reading>) reply;
        assertThat(refused.kind()).isEqualTo(Reply.Kind.INVALID);
        assertThat(afterAStart()).isEqualTo(imported);
        return refused.details();
    }

    @Test
    void aPushedFile_isInForceAtOnceAndAfterARestart() throws IOException {
        Reading reading =
                pushed(GOOD.replace("64513", "64999") + "[health_manager]\nheartbeat_interval = 3\n", imported);

        assertThat(reading.profile().peers().get(1).remoteAs().value()).isEqualTo(64999);
        assertThat(reading.settings().heartbeatInterval()).hasSeconds(3);
        assertThat(reading.source()).isEqualTo("pushed");
        assertThat(reading.http()).isEqualTo(imported.http());
        assertThat(afterAStart()).isEqualTo(reading);
        Path file = folder.resolve("data/config/pushed-" + DriveTree.INSTANCE + ".conf");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aPushedFile_withoutAProfile_leavesTheImportedOneInForce() {
        Reading reading = pushed(DriveTree.AGENT, imported);
        assertThat(reading.profile()).isEqualTo(imported.profile());
        assertThat(reading.complete()).isTrue();
        assertThat(afterAStart()).isEqualTo(reading);
    }

    @Test
    void aProfileThatWasPushed_outlivesEveryLaterFileWithoutOne() {
        Reading first = pushed(GOOD.replace("64513", "64999"), imported);
        Reading second = pushed(DriveTree.AGENT, first);
        Reading third = pushed(DriveTree.AGENT + "[health_manager]\nheartbeat_interval = 3\n", second);
        assertThat(third.profile()).isEqualTo(first.profile());
        assertThat(third.source()).isEqualTo("pushed");
        assertThat(afterAStart().profile()).isEqualTo(first.profile());
        Reading fourth = pushed(GOOD.replace("64513", "65000"), third);
        assertThat(afterAStart().profile()).isEqualTo(fourth.profile());
        assertThat(fourth.profile().peers().get(1).remoteAs().value()).isEqualTo(65000);
    }

    @Test
    void aPushThatIsCutOff_leavesTheProfileInForce() throws IOException {
        Reading first = pushed(GOOD.replace("64513", "64999"), imported);
        Path agent = folder.resolve("data/config/pushed-" + DriveTree.INSTANCE + ".conf");
        byte[] before = Files.readAllBytes(agent);
        pushed(DriveTree.AGENT, first);
        // Cut off between the two files, the agent's file is the one before, and the other is there already.
        Files.write(agent, before);
        Files.writeString(agent.resolveSibling(agent.getFileName() + ".new"), "half");
        assertThat(afterAStart()).isEqualTo(first);
    }

    @Test
    void aChangedDrive_ofTheSameInstance_changesNothing_andOneOfAnotherInstanceDoes() {
        Reading reading = pushed(GOOD.replace("64513", "64999"), imported);
        new DriveTree(folder.resolve("drive")).personality(GOOD.replace("64513", "64777"));
        assertThat(afterAStart()).isEqualTo(reading);
        new DriveTree(folder.resolve("drive"))
                .write("openstack/latest/meta_data.json", "{\"uuid\": \"another\"}")
                .write("openstack/latest/user_data", "");
        assertThat(afterAStart().source()).isNotEqualTo("pushed");
    }

    @Test
    void anOverlay_liesOverThePushedFile() {
        Reading pushed = pushed(GOOD.replace("64513", "64999"), imported);
        Reading overlaid = importer().read(Overlay.of(Map.of("l3_bgp_peer:tor2/remote_as", "65001")), pushed);
        assertThat(overlaid.profile().peers().get(1).remoteAs().value()).isEqualTo(65001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind_port = 9443 | bind_port = 0 | bind_port",
                "bind_host = :: | bind_host = nowhere | bind_host",
                "bind_host = :: | bind_host = 192.0.2.99 | can't move there",
                "agent_server_ca = /etc/octavia/certs/client_ca.pem | x = y | agent_server_ca",
                "agent_server_cert = /etc/octavia/certs/server.pem | agent_server_cert = /nowhere | agent_server_cert",
                "amphora_id = 5a8a3a5e | amphora_id = 6a8a3a5e | this is amphora 5a8a3a5e",
                "remote_as = 64513 | remote_as = 0 | remote_as",
                "debug = False | nonsense | KEY = VALUE",
                "debug = False | a = b | ''"
            })
    void aFileThatTakesSomethingAway_isRefusedWithTheReason(String from, String to, String reason) {
        if (reason.isEmpty()) {
            assertThat(push(GOOD.replace(from, to), imported)).isInstanceOf(Reply.Done.class);
        } else {
            assertThat(refused(GOOD.replace(from, to))).contains(reason);
        }
    }

    @Test
    void aFileThatMovesHaproxysFiles_isRefused_asLongAsALoadBalancerIsStored() throws IOException {
        Path base = folder.resolve("octavia");
        Path configuration = base.resolve("11111111-1111-4111-8111-000000000001/haproxy.cfg");
        Files.createDirectories(configuration.getParent());
        Files.createFile(configuration);
        new DriveTree(folder.resolve("drive")).personality(withFilesAt(base, base.resolve("certs")));
        Importer importer = new Importer(folder.resolve("other"), () -> DriveFinder.open(folder.resolve("drive")));
        Reading before = importer.read(Overlay.NONE, Reading.NONE);
        Path elsewhere = folder.resolve("elsewhere");
        byte[] moved = bytes(withFilesAt(elsewhere, elsewhere.resolve("certs")));

        assertThat(importer.push(moved, Overlay.NONE, before).toString())
                .contains(
                        "INVALID",
                        "base_path = " + elsewhere + ": it stays " + base + " while a load balancer is stored",
                        "base_cert_dir = " + elsewhere + "/certs: it stays " + base + "/certs while",
                        "11111111-1111-4111-8111-000000000001");
        byte[] ofTheCertificates = bytes(withFilesAt(base, elsewhere));
        assertThat(importer.push(ofTheCertificates, Overlay.NONE, before)).isInstanceOf(Reply.Refused.class);
        byte[] same = bytes(withFilesAt(base, base.resolve("certs")) + "[health_manager]\nheartbeat_interval = 3\n");
        assertThat(importer.push(same, Overlay.NONE, before)).isInstanceOf(Reply.Done.class);
        Files.delete(configuration);
        assertThat(importer.push(moved, Overlay.NONE, before)).isInstanceOf(Reply.Done.class);
        assertThat(importer.read(Overlay.NONE, Reading.NONE).settings().basePath())
                .isEqualTo(elsewhere);
    }

    private static String withFilesAt(Path base, Path certificates) {
        return GOOD.replace(
                "bind_port = 9443", "bind_port = 9443\nbase_path = " + base + "\nbase_cert_dir = " + certificates);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileWithSeveralFaults_isRefusedWithAllOfThem() {
        assertThat(refused(
                        GOOD.replace("9443", "0").replace("64513", "0") + "[health_manager]\nheartbeat_interval = x\n"))
                .contains("bind_port", "remote_as", "heartbeat_interval");
        assertThat(refused("")).contains("agent_server_ca", "agent_server_cert", "amphora_id");
    }

    @Test
    void bytesThatAreNoText_areRefused() {
        Reply<Reading> reply = importer().push(new byte[] {'[', (byte) 0xff, ']'}, Overlay.NONE, imported);
        assertThat(reply.toString()).contains("UTF-8");
    }

    @Test
    void aListener_movesOnlyWhereThePortIsFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String moved = GOOD.replace("bind_host = ::", "bind_host = 127.0.0.1")
                    .replace("9443", String.valueOf(taken.getLocalPort()));
            assertThat(refused(moved)).contains("can't move there");
            taken.close();
            assertThat(pushed(moved, imported).http().bindPort()).isEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void aDiskThatTakesNothing_leavesEverythingAsItWas() throws IOException {
        Path root = folder.resolve("data/config");
        Files.createDirectory(root.resolve("pushed-" + DriveTree.INSTANCE + ".conf.new"));
        Files.createFile(root.resolve("pushed-" + DriveTree.INSTANCE + ".conf.new/in-the-way"));
        Reply<Reading> reply = push(GOOD.replace("64513", "64999"), imported);
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        assertThat(((Reply.Refused<Reading>) reply).kind()).isEqualTo(Reply.Kind.FAILED);
        assertThat(afterAStart()).isEqualTo(imported);
    }
}
