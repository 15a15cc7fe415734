// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

class RegistrationRulesTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String VIP = "203.0.113.10";
    private static final String NEXT_HOP = "10.20.0.11";

    @Test
    void amphora_ofGoodFields_givesTheRegistration() {
        assertThat(RegistrationRules.amphora(AMPHORA, VIP, NEXT_HOP, "tor1"))
                .isEqualTo(Outcome.done(new Registration(
                        new Owner.Amphora(AMPHORA),
                        IpAddress.parse(VIP),
                        IpAddress.parse(NEXT_HOP),
                        new PeerId("tor1"))));
    }

    @Test
    void endpointRemoval_ofGoodFields_givesTheRemovalForAllPeers() {
        assertThat(RegistrationRules.endpointRemoval("2001:DB8::10", "2001:db8:1::11", null))
                .isEqualTo(Outcome.done(new Removal(
                        new Owner.Endpoint(),
                        IpAddress.parse("2001:db8::10"),
                        IpAddress.parse("2001:db8:1::11"),
                        null)));
    }

    @Test
    void amphora_ofNothing_namesEveryRequiredField() {
        List<Refusal> refusals = refusals(RegistrationRules.amphora(null, null, null, null));
        assertThat(refusals).extracting(Refusal::field).containsExactly("amphora_id", "vip_ip", "nexthop_ip");
        assertThat(refusals).allMatch(r -> r.kind() == Refusal.Kind.INVALID && r.value() == null);
    }

    @Test
    void amphora_ofOnlyWrongFields_namesEveryOneWithItsValue() {
        List<Refusal> refusals = refusals(RegistrationRules.amphoraRemoval("x y", "224.0.0.1", "::1", "a/b"));
        assertThat(refusals).extracting(Refusal::value).containsExactly("x y", "224.0.0.1", "::1", "a/b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                   | must not be empty
            203.0.113.10/32      | without a prefix length
            203.0.113.256        | literal
            203.0.113.010        | literal
            www.example          | literal
            127.0.0.1            | loopback
            ::1                  | loopback
            0.0.0.0              | unspecified
            ::                   | unspecified
            0.1.2.3              | 0.0.0.0/8
            224.0.0.1            | multicast
            ff02::1              | multicast
            169.254.1.1          | link-local
            fe80::1              | link-local
            fe80::1%eth0         | without a zone
            255.255.255.255      | broadcast
            240.0.0.1            | reserved
            ::ffff:203.0.113.10  | IPv4-mapped
            1234567890123456789012345678901234567890123456 | too long
            """)
    void endpoint_ofAWrongVip_saysWhichRuleItBreaks(String vip, String rule) {
        Refusal refusal =
                refusals(RegistrationRules.endpoint(vip, NEXT_HOP, null)).get(0);
        assertThat(refusal.field()).isEqualTo("vip_ip");
        assertThat(refusal.rule()).contains(rule);
        Refusal ofNextHop = refusals(RegistrationRules.endpoint(VIP, vip, null)).get(0);
        assertThat(ofNextHop.field()).isEqualTo("nexthop_ip");
        assertThat(ofNextHop.rule()).contains(rule);
    }

    @Test
    void endpoint_ofMixedFamilies_namesTheMissingRfc() {
        assertThat(refusals(RegistrationRules.endpoint("2001:db8::10", NEXT_HOP, null)))
                .singleElement()
                .matches(r -> r.rule().contains("an IPv4 next hop for an IPv6 VIP needs RFC 8950"));
        assertThat(refusals(RegistrationRules.endpoint(VIP, "2001:db8::11", null)))
                .singleElement()
                .matches(r -> r.rule().contains("an IPv6 next hop for an IPv4 VIP needs RFC 8950"));
    }

    @Test
    void endpoint_whoseNextHopIsTheVip_isRefused() {
        assertThat(refusals(RegistrationRules.endpoint(VIP, VIP, null))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'',must not be empty", "a_b,letters", "1234567890123456789012345678901234567,too long"})
    void amphora_ofAWrongAmphoraId_saysWhichRuleItBreaks(String id, String rule) {
        assertThat(refusals(RegistrationRules.amphora(id, VIP, NEXT_HOP, null)))
                .singleElement()
                .matches(r -> r.field().equals("amphora_id") && r.rule().contains(rule));
    }

    @Test
    void amphora_ofAnEmptyOrTooLongPeerId_isRefused() {
        assertThat(refusals(RegistrationRules.amphora(AMPHORA, VIP, NEXT_HOP, "")))
                .hasSize(1);
        assertThat(refusals(RegistrationRules.amphora(AMPHORA, VIP, NEXT_HOP, "x".repeat(10_000_000))))
                .singleElement()
                .matches(r -> r.value() != null && r.value().length() < 200);
    }

    private static List<Refusal> refusals(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).reasons();
    }
}
