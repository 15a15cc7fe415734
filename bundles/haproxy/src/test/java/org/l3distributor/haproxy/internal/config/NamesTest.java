// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80f3b09e345a3cdacfbe2883187942bf983bb338.pem",
                "22222222-2222-4222-8222-000000000002.pem",
                "extra.pem",
                "a_b.c.pem"
            })
    void isCertificate_ofNamesThatControllersUse_isTrue(String name) {
        assertThat(Names.isCertificate(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil",
                "",
                ".pem",
                "../x.pem",
                "..",
                "../../etc/shadow.pem",
                "a/b.pem",
                "/etc/a.pem",
                ".hidden.pem",
                "a\0.pem",
                "a\n.pem",
                "a b.pem",
                "..\\x.pem",
                "pem",
                "-x.pem",
                "%2e%2e/x.pem"
            })
    void isCertificate_ofNamesThatCouldEscapeOrHide_isFalse(String name) {
        assertThat(Names.isCertificate(name)).isFalse();
    }

    @Test
    void isCertificate_ofANameLongerThanAFileSystemTakes_isFalse() {
        assertThat(Names.isCertificate("a".repeat(300) + ".pem")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "certs", "lvs", "vrrp", ".hidden", "a\0b", "/x", "-x", "a b"})
    void isLoadBalancer_ofWhatIsNoFolderOfItsOwn_isFalse(String id) {
        assertThat(Names.isLoadBalancer(id)).isFalse();
    }

    @Test
    void isLoadBalancer_ofAnOctaviaId_isTrue() {
        assertThat(Names.isLoadBalancer("11111111-1111-4111-8111-000000000001")).isTrue();
    }

    @Test
    void peer_isTheUnpaddedBase64OfTheSha1OfTheAmphora() {
        // printf %s 5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001 | sha1sum | xxd -r -p | base64
        assertThat(Names.peer("5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001")).isEqualTo("SztCTYG0BytyxRby2DZFffUnPPM");
    }

    @Test
    void peer_hasOctaviasSignsForThoseThatHaproxyTakesInNoName() {
        // The plain base64 is /tvL+8rUcA/BM5m8nfcBAiwDaYU=
        assertThat(Names.peer("5a8a3a5e-5d9e-4d6c-9a3e-000000000146")).isEqualTo("xtvL_8rUcA-BM5m8nfcBAiwDaYU");
    }

    @Test
    void withoutGroup_takesGroupLinesAndNothingElse() {
        String text = "global\n    user nobody\n    group nogroup\n    maxconn 1\nfrontend group\n    mode http\n";
        assertThat(Names.withoutGroup(text))
                .isEqualTo("global\n    user nobody\n    maxconn 1\nfrontend group\n    mode http\n");
    }

    @Test
    void md5_isHexWithoutQuotes() {
        assertThat(Names.md5("x".getBytes(StandardCharsets.UTF_8))).isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
    }
}
