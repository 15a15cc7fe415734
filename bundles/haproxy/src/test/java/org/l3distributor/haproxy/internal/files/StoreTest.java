// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.internal.config.Names;

class StoreTest {
    private static final String LB = "11111111-1111-4111-8111-000000000001";
    private static final byte[] CONTENT = "whatever was given\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path base;
    private Store store;

    @BeforeEach
    void make() {
        base = directory.resolve("octavia");
        store = new Store(base, base.resolve("certs"), "nogroup");
    }

    @Test
    void putCertificate_storesTheBytesAsGivenForRootAlone() throws IOException {
        assertThat(store.putCertificate(LB, "a.pem", CONTENT))
                .isEqualTo(new CertificateResult.Done(Names.md5(CONTENT)));
        Path file = base.resolve("certs").resolve(LB).resolve("a.pem");
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(store.certificate(LB, "a.pem")).isEqualTo(new CertificateResult.Done(Names.md5(CONTENT)));
        byte[] other = {1, 2, 3};
        assertThat(store.putCertificate(LB, "a.pem", other)).isEqualTo(new CertificateResult.Done(Names.md5(other)));
        assertThat(file).hasBinaryContent(other);
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void deleteCertificate_isDoneAlsoWhenThereIsNone() {
        store.putCertificate(LB, "a.pem", CONTENT);
        assertThat(store.deleteCertificate(LB, "a.pem")).isEqualTo(new CertificateResult.Done(""));
        assertThat(store.certificate(LB, "a.pem")).isEqualTo(new CertificateResult.Unknown("a.pem"));
        assertThat(store.deleteCertificate(LB, "a.pem")).isEqualTo(new CertificateResult.Done(""));
        assertThat(store.deleteCertificate("other", "a.pem")).isEqualTo(new CertificateResult.Done(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.pem", "../../a.pem", "..", "a/../../b.pem", "/tmp/a.pem", "evil", "a\0.pem"})
    void certificates_underNamesThatEscape_areRefusedAndWriteNothing(String name) {
        CertificateResult refused = new CertificateResult.BadName(name);
        assertThat(store.putCertificate(LB, name, CONTENT)).isEqualTo(refused);
        assertThat(store.certificate(LB, name)).isEqualTo(refused);
        assertThat(store.deleteCertificate(LB, name)).isEqualTo(refused);
        assertThat(store.putCertificate("../" + LB, "a.pem", CONTENT)).isInstanceOf(CertificateResult.BadName.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void putCertificate_whereTheDiskRefuses_failsAndLeavesTheOldOne() throws IOException {
        store.putCertificate(LB, "a.pem", CONTENT);
        // A directory in the way of the new file refuses whoever writes, root too.
        Path inTheWay = base.resolve("certs").resolve(LB).resolve(".a.pem.new");
        Files.createDirectories(inTheWay.resolve("full"));
        assertThat(store.putCertificate(LB, "a.pem", new byte[] {1}))
                .isInstanceOfSatisfying(
                        CertificateResult.Failed.class,
                        failed -> assertThat(failed.details()).contains(".a.pem.new"));
        assertThat(store.certificate(LB, "a.pem")).isEqualTo(new CertificateResult.Done(Names.md5(CONTENT)));
    }

    @Test
    void accepted_isTheConfigurationAndRejectedIsKeptBesideIt() throws IOException {
        store.writeUpload(LB, "one");
        assertThat(store.configuration(LB)).isEmpty();
        store.acceptUpload(LB, "peer");
        store.writeUpload(LB, "two");
        store.rejectUpload(LB);
        assertThat(store.configuration(LB))
                .hasValueSatisfying(stored -> assertThat(stored.text()).isEqualTo("one"));
        assertThat(store.files(LB).failed()).hasContent("two");
        assertThat(store.peer(LB)).isEqualTo("peer");
        assertThat(store.loadBalancers()).containsExactly(LB);
    }

    @Test
    void markRunning_keepsTheConfigurationInUseOverTheNextUpload() throws IOException {
        store.writeUpload(LB, "frontend one\n");
        store.acceptUpload(LB, "peer");
        assertThat(store.running(LB)).isEmpty();
        store.markRunning(LB);
        store.writeUpload(LB, "frontend two\n");
        store.acceptUpload(LB, "peer");
        assertThat(store.running(LB).orElseThrow().frontends().get(0).id()).isEqualTo("one");
        store.markRunning(LB);
        store.markRunning(LB);
        assertThat(store.running(LB).orElseThrow().frontends().get(0).id()).isEqualTo("two");
        store.markStopped(LB);
        store.markStopped(LB);
        assertThat(store.running(LB)).isEmpty();
        assertThat(store.configuration(LB)).isPresent();
    }

    @Test
    void remove_followsNoLinkOutOfTheDirectory() throws IOException {
        store.writeUpload(LB, "one");
        store.acceptUpload(LB, "peer");
        store.putCertificate(LB, "a.pem", CONTENT);
        Path outside = Files.writeString(
                Files.createDirectory(directory.resolve("outside")).resolve("f"), "x");
        Files.createSymbolicLink(store.files(LB).directory().resolve("link"), outside.getParent());
        store.remove(LB);
        store.remove(LB);
        assertThat(store.files(LB).directory()).doesNotExist();
        assertThat(store.files(LB).certificates()).doesNotExist();
        assertThat(outside).hasContent("x");
        assertThat(store.loadBalancers()).isEmpty();
    }

    @Test
    void userGroup_thatIsThere_isLeftAsItIs() throws IOException {
        Files.createDirectories(base);
        Files.writeString(store.files(LB).userGroup(), "global\n    group haproxy\n");
        store.writeUpload(LB, "one");
        assertThat(store.files(LB).userGroup()).hasContent("global\n    group haproxy");
    }

    private static final String PING = """
            global
                external-check
            backend b
                option external-check
                external-check command /var/lib/octavia/ping-wrapper.sh
            """;

    private String pinging() throws IOException {
        String text = store.localized(PING);
        store.writeUpload(LB, text);
        return text;
    }

    @Test
    void pingMonitor_findsItsProgramBelowTheBase_whichAllMayRunAndNobodyList() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ping")), "needs Debian's iputils-ping");
        store.putCertificate(LB, "a.pem", CONTENT);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        Path program = base.resolve("ping-wrapper.sh");

        String text = pinging();
        assertThat(text).isEqualTo(PING.replace("/var/lib/octavia", base.toString()));
        assertThat(store.bringPrograms(text)).isEmpty();
        assertThat(permissions(program)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(base)).isEqualTo("rwx--x--x");
        assertThat(permissions(store.files(LB).certificate("a.pem"))).isEqualTo("rw-------");
        assertThat(permissions(store.files(LB).uploaded())).isEqualTo("rw-------");
        assertThat(program).content().contains("exec /usr/bin/ping ").doesNotContain("%s");

        Files.writeString(program, "broken");
        assertThat(store.bringPrograms(text)).isEmpty();
        assertThat(program).content().startsWith("#!/bin/sh\n");
        assertThat(store.bringPrograms("global\n")).isEmpty();
    }

    @Test
    void pingMonitor_thatCouldFindNobodyUp_isRefusedWithTheReason() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        store = new Store(base, base.resolve("certs"), "nogroup", List.of(directory.resolve("ping")));
        String text = pinging();
        assertThat(store.bringPrograms(text)).get(STRING).contains("iputils-ping");
        store = new Store(base, base.resolve("certs"), "nogroup", List.of(Path.of("/bin/sh")));
        assertThat(store.bringPrograms(text)).get(STRING).contains(directory + " is closed to others");
        assertThat(store.bringPrograms("global\n    chroot /nowhere\n" + text))
                .get(STRING)
                .contains("chroot");
        assertThat(base.resolve("ping-wrapper.sh")).doesNotExist();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
