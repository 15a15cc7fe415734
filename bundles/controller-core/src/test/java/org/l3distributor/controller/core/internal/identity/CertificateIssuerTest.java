// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.net.pem.Pem;

class CertificateIssuerTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    Path directory;

    private String openssl(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(OPENSSL), "needs openssl");
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private void authority(String name) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign",
                "-subj",
                "/O=Test/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem");
    }

    private CertificateIssuer issuer(String certificate, String key) throws IOException, GeneralSecurityException {
        return new CertificateIssuer(
                Files.readAllBytes(directory.resolve(certificate + ".pem")),
                Files.readAllBytes(directory.resolve(key + ".key")),
                Duration.ofDays(30));
    }

    @Test
    void issue_makesACertificateThatJavaAndOpensslVerify() throws Exception {
        authority("ca");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] pem = issuer("ca", "ca").issue(AMPHORA, now);
        X509Certificate certificate = Pem.certificates(pem).get(0);
        X509Certificate ca = Pem.certificates(Files.readAllBytes(directory.resolve("ca.pem")))
                .get(0);
        certificate.verify(ca.getPublicKey());
        Pem.prove(Pem.privateKey(pem), certificate.getPublicKey());
        certificate.checkValidity(Date.from(now));
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(now.plus(Duration.ofDays(30))));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + AMPHORA);
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, AMPHORA));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, true, false, false, false, false, false, false);
        Files.write(directory.resolve("amphora.pem"), pem);
        assertThat(openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.pem", "amphora.pem"))
                .contains("OK");
        assertThat(openssl("x509", "-noout", "-checkhost", AMPHORA, "-in", "amphora.pem"))
                .contains("does match");
    }

    @Test
    void issue_neverGivesTheSameSerialOrKeyTwice() throws Exception {
        authority("ca");
        CertificateIssuer issuer = issuer("ca", "ca");
        X509Certificate one = Pem.certificates(issuer.issue("a", Instant.now())).get(0);
        X509Certificate other =
                Pem.certificates(issuer.issue("a", Instant.now())).get(0);
        assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber()).isPositive();
        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
    }

    @Test
    void aKey_thatIsNotTheAuthoritys_isRefused() throws Exception {
        authority("ca");
        authority("other");
        assertThatThrownBy(() -> issuer("ca", "other")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void time_after2049_hasFourDigitsOfTheYear() {
        assertThat(new String(DerWriter.time(Instant.parse("2049-12-31T23:59:59Z")), 2, 13, StandardCharsets.US_ASCII))
                .isEqualTo("491231235959Z");
        assertThat(new String(DerWriter.time(Instant.parse("2050-01-01T00:00:00Z")), 2, 15, StandardCharsets.US_ASCII))
                .isEqualTo("20500101000000Z");
    }
}
