// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.amphora.Reply;

class ServerCertificateTest {
    @TempDir
    Path folder;

    private HttpSettings http;

    @BeforeEach
    void place() throws IOException {
        http = new HttpSettings("::", 9443, folder.resolve("server.pem"), folder.resolve("client_ca.pem"));
        Files.writeString(http.serverCertificate(), "THE OLD ONE");
    }

    private static byte[] pem(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/pki", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.pem", "server-pkcs1.pem", "ec-sec1.pem"})
    void aPair_inAnyForm_replacesTheOldOne(String name) throws IOException {
        assertThat(ServerCertificate.replace(http, pem(name))).isEqualTo(Reply.ok());
        assertThat(http.serverCertificate()).hasBinaryContent(pem(name));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(http.serverCertificate())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "mismatch.pem,the key isn't that of the certificate",
        "authority.crt,holds 0 private keys",
        "server-encrypted.pem,encrypted"
    })
    void whatIsNoPair_isRefusedWithTheReason(String name, String reason) throws IOException {
        Reply<Reply.Ok> reply = ServerCertificate.replace(http, pem(name));
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        Reply.Refused<Reply.Ok> refused = (Reply.Refused<Reply.Ok>) reply;
        assertThat(refused.kind()).isEqualTo(Reply.Kind.INVALID);
        assertThat(refused.details()).contains(reason);
        assertThat(http.serverCertificate()).hasContent("THE OLD ONE");
    }

    @Test
    void nonsense_andAListenerThatIsNone_areRefused() throws IOException {
        assertThat(ServerCertificate.replace(http, new byte[] {'x'}).toString()).contains("holds no certificate");
        assertThat(ServerCertificate.replace(null, pem("server.pem")).toString())
                .contains("no listener");
        assertThat(http.serverCertificate()).hasContent("THE OLD ONE");
    }
}
