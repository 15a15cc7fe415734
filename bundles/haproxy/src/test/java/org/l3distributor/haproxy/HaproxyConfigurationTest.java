// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.haproxy.internal.config.ConfigurationReader;
import org.l3distributor.net.IpAddress;

class HaproxyConfigurationTest {
    private static final String TWO_LISTENERS = """
            # Configuration for loadbalancer lb
            global
                daemon
                user nobody
                stats socket /var/lib/octavia/lb.sock mode 0666 level user
                maxconn 1000

            defaults
                log global
                retries 3

            peers lb_peers
                peer abc 10.0.0.1:1025

            frontend web
                maxconn 1000
                bind 203.0.113.10:80
                bind 2001:db8:aa::10:80
                mode http
                use_backend p2:web if { path_beg /api }
                use_backend %[req.hdr(host)] if { path_beg /by-name }
                default_backend p1:web

            frontend secure
                redirect scheme https if !{ ssl_fc }
                bind 203.0.113.10:443 ssl crt-list /var/lib/octavia/certs/lb/secure.pem no-sslv3
                mode http

            frontend raw
                bind 203.0.113.11:5432
                mode tcp

            backend p1:web
                mode http
                server m1 10.77.0.100:8080 weight 1
            """;

    @Test
    void sharedWith_isWhereBothWouldAnswer() {
        HaproxyConfiguration wanted =
                ConfigurationReader.read("frontend a\n bind 203.0.113.10:80\nfrontend b\n bind 2001:db8::10:443\n");
        assertThat(wanted.sharedWith(ConfigurationReader.read("frontend c\n bind 203.0.113.10:81\n")))
                .isEmpty();
        assertThat(wanted.sharedWith(ConfigurationReader.read("frontend c\n bind 203.0.113.11:80\n")))
                .isEmpty();
        assertThat(wanted.sharedWith(ConfigurationReader.read("frontend c\n bind 203.0.113.10:80\n")))
                .containsExactly(new Bind(IpAddress.parse("203.0.113.10"), 80));
        assertThat(wanted.sharedWith(ConfigurationReader.read("frontend c\n bind :::443\n")))
                .containsExactly(new Bind(IpAddress.parse("2001:db8::10"), 443));
        assertThat(wanted.sharedWith(HaproxyConfiguration.none())).isEmpty();
    }

    @Test
    void parse_ofWhatAControllerSends_findsListenersPoolsAndTheSocket() {
        HaproxyConfiguration read = ConfigurationReader.read(TWO_LISTENERS);
        assertThat(read.frontends())
                .containsExactly(
                        new Frontend(
                                "web",
                                "HTTP",
                                List.of("p2:web", "p1:web"),
                                List.of(bind("203.0.113.10", 80), bind("2001:db8:aa::10", 80))),
                        new Frontend("secure", "TERMINATED_HTTPS", List.of(), List.of(bind("203.0.113.10", 443))),
                        new Frontend("raw", "TCP", List.of(), List.of(bind("203.0.113.11", 5432))));
        assertThat(read.pools()).containsExactly("p1:web");
        assertThat(read.statisticsSocket()).isEqualTo("/var/lib/octavia/lb.sock");
        assertThat(read.addresses())
                .containsExactlyInAnyOrder(
                        IpAddress.parse("203.0.113.10"),
                        IpAddress.parse("203.0.113.11"),
                        IpAddress.parse("2001:db8:aa::10"));
        assertThat(read.binds(IpAddress.parse("203.0.113.11"))).isTrue();
        assertThat(read.binds(IpAddress.parse("203.0.113.12"))).isFalse();
        assertThat(read.frontend("raw")).isPresent();
    }

    @Test
    void pools_ofAListenSection_areItself_andThoseOfItsDefaults() {
        HaproxyConfiguration read = ConfigurationReader.read("""
                defaults
                    default_backend all
                listen own
                    bind 203.0.113.10:80
                frontend other
                    bind 203.0.113.10:81
                defaults
                frontend none
                    bind 203.0.113.10:82
                """);
        assertThat(read.frontends())
                .extracting(Frontend::pools)
                .containsExactly(List.of("own", "all"), List.of("all"), List.of());
    }

    @Test
    void parse_ofAConfigurationWithoutFrontends_isEmpty() {
        HaproxyConfiguration read =
                ConfigurationReader.read("global\n    stats socket /x.sock level user\n\ndefaults\n");
        assertThat(read).isEqualTo(new HaproxyConfiguration(List.of(), List.of(), "/x.sock"));
        assertThat(ConfigurationReader.read("")).isEqualTo(HaproxyConfiguration.none());
    }

    @Test
    void parse_ofAFrontendWithoutMode_takesThatOfTheDefaultsBeforeIt() {
        HaproxyConfiguration read = ConfigurationReader.read("""
                frontend first
                  bind :1
                defaults
                  mode http
                frontend second
                  bind :2
                """);
        assertThat(read.frontends()).extracting(Frontend::type).containsExactly("TCP", "HTTP");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.10:80, 203.0.113.10:80",
        "2001:db8::10:80, [2001:db8::10]:80",
        "[2001:db8::10]:80, [2001:db8::10]:80",
        "*:80, 0.0.0.0:80",
        ":80, 0.0.0.0:80",
        ":::80, [::]:80",
        "ipv6@:80, [::]:80",
        "ipv6@2001:db8::10:80, [2001:db8::10]:80",
        "ipv4@203.0.113.10:80, 203.0.113.10:80",
        "203.0.113.10:80-82, 203.0.113.10:80 203.0.113.10:81 203.0.113.10:82",
        "'203.0.113.10:80,203.0.113.11:81', 203.0.113.10:80 203.0.113.11:81"
    })
    void parse_ofABind_readsEveryFormThatHaproxyKnows(String written, String expected) {
        HaproxyConfiguration read = ConfigurationReader.read("frontend f\n    bind " + written + " # why\n");
        assertThat(read.frontends().get(0).binds().stream().map(Bind::toString).toList())
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run/x.sock",
                "unix@/run/x.sock",
                "abns@x",
                "fd@3",
                "example.org:80",
                "203.0.113.10",
                "203.0.113.10:0",
                "203.0.113.10:70000",
                "${VIP}:80",
                "203.0.113.10:1-65535",
                "quic4@203.0.113.10:443",
                ""
            })
    void parse_ofABindThatNoVipCanBe_leavesItOut(String written) {
        HaproxyConfiguration read = ConfigurationReader.read("frontend f\n    bind " + written + "\n");
        assertThat(read.frontends()).containsExactly(new Frontend("f", "TCP", List.of(), List.of()));
    }

    @Test
    void covers_ofAWildcard_isEveryAddressOfItsFamily() {
        assertThat(bind("0.0.0.0", 80).covers(IpAddress.parse("203.0.113.10"))).isTrue();
        assertThat(bind("0.0.0.0", 80).covers(IpAddress.parse("2001:db8::1"))).isFalse();
        assertThat(bind("::", 80).covers(IpAddress.parse("2001:db8::1"))).isTrue();
        assertThat(bind("203.0.113.10", 80).covers(IpAddress.parse("203.0.113.11")))
                .isFalse();
    }

    private static Bind bind(String address, int port) {
        return new Bind(IpAddress.parse(address), port);
    }
}
