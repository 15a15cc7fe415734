// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    Path directory;

    @Test
    void read_ofAKeyThatIsNotThatOfTheCertificate_isRefused() {
        assertThatThrownBy(() -> new TlsFiles(Pki.file("mismatch.pem"), Pki.file("authority.crt")).read())
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("mismatch.pem: the key isn't that of the certificate");
    }

    @Test
    void read_ofAMissingFile_namesIt() {
        assertThatThrownBy(() -> new TlsFiles(directory.resolve("none.pem"), Pki.file("authority.crt")).read())
                .isInstanceOf(TlsFault.class)
                .hasMessageEndingWith("none.pem: isn't there");
    }

    @Test
    void read_ofSeveralAuthorities_trustsAll() throws Exception {
        Path bundle = directory.resolve("ca.pem");
        Files.writeString(bundle, Pki.text("authority.crt") + Pki.text("other.crt"));
        assertThat(new TlsFiles(Pki.file("ec-sec1.pem"), bundle).read().trust().size())
                .isEqualTo(2);
    }

    @Test
    void read_ofAnEmptyAuthorityFile_isRefused() throws Exception {
        Path empty = Files.createFile(directory.resolve("ca.pem"));
        assertThatThrownBy(() -> new TlsFiles(Pki.file("server.pem"), empty).read())
                .hasMessageEndingWith("ca.pem: holds no certificate");
    }

    @Test
    void stamp_changesWithEachState() throws Exception {
        Path file = directory.resolve("server.pem");
        TlsFiles files = new TlsFiles(file, Pki.file("authority.crt"));
        String missing = files.stamp();
        Files.writeString(file, "a");
        String written = files.stamp();
        Files.writeString(file, "ab");
        assertThat(files.stamp()).isNotEqualTo(written).isNotEqualTo(missing);
        assertThat(written).isNotEqualTo(missing);
    }
}
