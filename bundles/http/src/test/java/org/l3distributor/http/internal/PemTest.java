// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.net.pem.Pem;

class PemTest {
    @Test
    void privateKey_inTheTraditionalForm_isTheSameAsInPkcs8() throws Exception {
        assertThat(Pem.privateKey(Pki.bytes("server-pkcs1.pem"))).isEqualTo(Pem.privateKey(Pki.bytes("server.pem")));
        assertThat(((ECPrivateKey) Pem.privateKey(Pki.bytes("ec-sec1.pem"))).getS())
                .isEqualTo(((ECPrivateKey) Pem.privateKey(Pki.bytes("ec.pem"))).getS());
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-encrypted.pem", "server-encrypted-pkcs1.pem"})
    void privateKey_encrypted_isRefusedAsSuch(String file) {
        assertThatThrownBy(() -> Pem.privateKey(Pki.bytes(file)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the private key is encrypted");
    }

    @Test
    void privateKey_absentOrTwice_isRefused() {
        assertThatThrownBy(() -> Pem.privateKey(Pki.bytes("authority.crt"))).hasMessageContaining("holds 0 private");
        byte[] two = (Pki.text("server.pem") + Pki.text("second.pem")).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Pem.privateKey(two)).hasMessageContaining("holds 2 private");
    }

    @Test
    void certificates_withKeysAndTextBetween_areAllFoundInTheirOrder() throws Exception {
        String text = Pki.text("server.pem") + "subject=whatever\r\n" + Pki.text("authority.crt");
        assertThat(Pem.certificates(text.getBytes(StandardCharsets.US_ASCII)))
                .extracting(c -> c.getSubjectX500Principal().getName())
                .containsExactly("CN=server", "CN=authority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.pem", "server-pkcs1.pem", "ec-sec1.pem"})
    void privateKey_cutOffOrDamagedAnywhere_isReadOrRefusedButNothingElse(String file) {
        byte[] whole = Pki.bytes(file);
        for (int i = 0; i < whole.length; i += 3) {
            byte[] cut = java.util.Arrays.copyOf(whole, i);
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x15;
            for (byte[] bad : new byte[][] {cut, damaged}) {
                try {
                    Pem.certificates(bad);
                    Pem.privateKey(bad);
                } catch (GeneralSecurityException expected) {
                    assertThat(expected).hasMessageNotContaining("ArrayIndex");
                }
            }
        }
    }
}
