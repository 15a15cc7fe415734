// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.10, 203.0.113.10",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0000:0000:0000:0000:0000:0010, 2001:db8::10",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80::, fe80::",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    })
    void parse_thenToString_isCanonical(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3.4/32",
                " 1.2.3.4",
                "1.2.3.x",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "2001:db8::1%eth0",
                "[::1]",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "1.2.3.4::",
                "::1.2.3",
                "٣::"
            })
    void parse_ofWhatIsNoAddress_isRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_ofRandomAddresses_roundTripAndAgreeWithTheJdk() throws UnknownHostException {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(8); zeros > 0 && bytes.length == 16; zeros--) {
                bytes[random.nextInt(16)] = 0;
            }
            IpAddress address = IpAddress.of(bytes);
            assertThat(address.toBytes()).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress())
                    .isEqualTo(InetAddress.getByAddress(bytes).getAddress());
        }
    }

    @Test
    void kinds_ofSpecialAddresses_areTold() {
        assertThat(IpAddress.parse("127.9.9.9").isLoopback()).isTrue();
        assertThat(IpAddress.parse("::1").isLoopback()).isTrue();
        assertThat(IpAddress.parse("224.0.0.5").isMulticast()).isTrue();
        assertThat(IpAddress.parse("ff02::1").isMulticast()).isTrue();
        assertThat(IpAddress.parse("169.254.1.1").isLinkLocal()).isTrue();
        assertThat(IpAddress.parse("febf::1").isLinkLocal()).isTrue();
        assertThat(IpAddress.parse("fec0::1").isLinkLocal()).isFalse();
        assertThat(IpAddress.parse("0.0.0.0").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("::").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("255.255.255.255").isBroadcast()).isTrue();
        assertThat(IpAddress.parse("::ffff:1.2.3.4").isIpv4Mapped()).isTrue();
        assertThat(IpAddress.parse("203.0.113.1").isLoopback()).isFalse();
    }

    @Test
    void order_ofAddresses_isUnsignedAndIpv4First() {
        assertThat(IpAddress.parse("9.0.0.1")).isLessThan(IpAddress.parse("200.0.0.1"));
        assertThat(IpAddress.parse("2001::")).isLessThan(IpAddress.parse("fd00::"));
        assertThat(IpAddress.parse("255.0.0.1")).isLessThan(IpAddress.parse("::1"));
    }
}
