// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void prefix_withHostBits_isRefusedWithTheNearestGoodOne() {
        assertThatThrownBy(() -> IpPrefix.parse("203.0.113.10/24"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 203.0.113.0/24?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.0", "203.0.113.0/", "203.0.113.0/33", "203.0.113.0/-1", "/24", "2001:db8::/129"})
    void prefix_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contains_atEveryLength_agreesWithTheBits() {
        IpAddress v4 = IpAddress.parse("203.0.113.129");
        IpAddress v6 = IpAddress.parse("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
        for (int length = 0; length <= 32; length++) {
            assertThat(new IpPrefix(v4.masked(length), length).contains(v4)).isTrue();
        }
        for (int length = 0; length <= 128; length++) {
            assertThat(new IpPrefix(v6.masked(length), length).contains(v6)).isTrue();
        }
        assertThat(IpPrefix.parse("203.0.113.0/25").contains(v4)).isFalse();
        assertThat(IpPrefix.parse("0.0.0.0/0").contains(v6)).isFalse();
        assertThat(IpPrefix.parse("203.0.113.0/24").contains(IpPrefix.host(v4))).isTrue();
        assertThat(IpPrefix.host(v4).isHost()).isTrue();
    }

    @Test
    void asNumber_inBothNotations_isTheSame() {
        assertThat(AsNumber.parse("1.10")).isEqualTo(new AsNumber(65546)).hasToString("65546");
        assertThat(AsNumber.parse("4294967295").twoOctet()).isEqualTo(23456);
        assertThat(AsNumber.parse("65535").twoOctet()).isEqualTo(65535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4294967296", "-1", "", "1.", ".1", "1.65536", "65536.1", "1e3", "99999999999"})
    void asNumber_outOfRange_isRefused(String text) {
        assertThatThrownBy(() -> AsNumber.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void routerId_ofZeroOrIpv6_isRefused() {
        assertThatThrownBy(() -> RouterId.parse("0.0.0.0")).hasMessageContaining("must not be 0.0.0.0");
        assertThatThrownBy(() -> RouterId.parse("::1")).hasMessageContaining("IPv4");
        assertThat(RouterId.parse("200.0.0.1")).isGreaterThan(RouterId.parse("9.0.0.1"));
    }

    @Test
    void secret_printed_showsNothing() {
        assertThat(Secret.of("hunter2")).hasToString("****").isEqualTo(Secret.of("hunter2"));
        assertThat(Secret.of("hunter2").length()).isEqualTo(7);
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "tor:1", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void peerId_thatBreaksTheRule_isRefused(String text) {
        assertThatThrownBy(() -> new PeerId(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
