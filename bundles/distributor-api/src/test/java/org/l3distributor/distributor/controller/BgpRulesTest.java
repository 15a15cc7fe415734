// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.net.AddressFamily;

class BgpRulesTest {
    private static Map<String, Object> fields(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static BgpPeer peer(Object... pairs) {
        return done(BgpRules.peer(Map.of("peer", fields(pairs))));
    }

    private static BgpSpeaker speaker(Object... pairs) {
        return done(BgpRules.speaker(Map.of("speaker", fields(pairs))));
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static List<String> refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome)
                .reasons().stream().map(Refusal::rule).toList();
    }

    @Test
    void peer_withAllFields_isTakenAsItIs() {
        BgpPeer made = peer(
                "name",
                "tor1",
                "description",
                "first rack",
                "peer_ip",
                "10.0.0.1",
                "remote_as",
                new BigInteger("4200000000"),
                "auth_type",
                "md5",
                "ttl_hops",
                BigInteger.ONE,
                "hold_time",
                BigInteger.TEN,
                "keepalive_interval",
                BigInteger.TWO,
                "families",
                List.of("ipv4", "ipv6"),
                "add_path",
                false,
                "passive",
                true,
                "enabled",
                false);
        assertThat(made.remoteAs().value()).isEqualTo(4_200_000_000L);
        assertThat(made.holdTime()).isEqualTo(10);
        assertThat(made.keepaliveInterval()).isEqualTo(2);
        assertThat(made.ttlHops()).isEqualTo(1);
        assertThat(made.families()).isEqualTo(Set.of(AddressFamily.values()));
        assertThat(!made.addPath() && made.passive() && !made.enabled()).isTrue();
        assertThat(made.id()).hasSize(36);
    }

    @Test
    void peer_withoutWhatMayBeLeftOut_leavesItToTheAmphora() {
        BgpPeer made = peer("name", "tor1", "peer_ip", "2001:db8::1", "remote_as", BigInteger.ONE);
        assertThat(made.holdTime()).isNull();
        assertThat(made.keepaliveInterval()).isNull();
        assertThat(made.families()).isEmpty();
        assertThat(made.authType()).isNull();
        assertThat(made.enabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    peer_ip            | 999.0.0.1  | Invalid input for field/attribute peer_ip. Value: '999.0.0.1'.
                    peer_ip            | 224.0.0.1  | Invalid input for field/attribute peer_ip. Value: '224.0.0.1'.
                    remote_as          | 0          | Invalid input for field/attribute remote_as. Value: '0'.
                    remote_as          | 4294967296 | Invalid input for field/attribute remote_as. Value: '4294967296'.
                    remote_as          | 23456      | Invalid input for field/attribute remote_as. Value: '23456'.
                    auth_type          | sha        | Value is not supported; only md5
                    ttl_hops           | 255        | Value must be 1..254 hops
                    hold_time          | 2          | Value must be 0 (never) or 3..65535 seconds
                    keepalive_interval | 9          | Value must be less than hold_time, which is 9
                    families           | ipv5       | Value must be a list of ipv4 and ipv6
                    add_path           | true       | Value must be false: amphorae announce one next hop
                    passive            | perhaps    | Value must be true or false
                    name               | a b        | Value should be 1 to 64 letters, digits
                    """)
    void peer_withAFieldThatAnAmphoraWouldRefuse_isRefusedInItsWords(String field, String value, String words) {
        Map<String, Object> good = fields("name", "tor1", "peer_ip", "10.0.0.1", "remote_as", "64512");
        good.put(field, value);
        assertThat(refused(BgpRules.peer(Map.of("peer", good))))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void peer_withAFieldOfAnotherKind_orMissing_orUnknown_isRefused() {
        for (Object wrong : Arrays.asList(Map.of(), List.of(1), 1.5)) {
            Map<String, Object> good = fields("name", "tor1", "peer_ip", "10.0.0.1", "remote_as", "64512");
            good.put("hold_time", wrong);
            assertThat(refused(BgpRules.peer(Map.of("peer", good))))
                    .singleElement()
                    .asString()
                    .contains("hold_time");
        }
        assertThat(refused(BgpRules.peer(Map.of("peer", fields("name", "tor1")))))
                .anySatisfy(r -> assertThat(r).contains("peer_ip", "is required"))
                .anySatisfy(r -> assertThat(r).contains("remote_as", "is required"));
        assertThat(refused(BgpRules.peer(Map.of("peer", fields("colour", "red")))))
                .contains("Unknown attribute for argument peer_.peer: colour");
        assertThat(refused(BgpRules.peer(Map.of()))).isNotEmpty();
    }

    @Test
    void password_isNeverTaken_andNeverShown() {
        for (String field : List.of("md5_password", "password", "secret")) {
            Map<String, Object> given = fields(
                    "name", "tor1", "peer_ip", "10.0.0.1", "remote_as", "64512", "auth_type", "md5", field, "hunter2");
            assertThat(refused(BgpRules.peer(Map.of("peer", given))))
                    .anySatisfy(r -> assertThat(r).startsWith("secret_refused: " + field))
                    .noneSatisfy(r -> assertThat(r).contains("hunter2"));
        }
    }

    @Test
    void change_keepsWhatIsNotSent_andTakesAwayWhatIsNull() {
        BgpPeer old =
                peer("name", "tor1", "peer_ip", "10.0.0.1", "remote_as", "1", "hold_time", "90", "description", "x");
        BgpPeer next = done(BgpRules.peer(Map.of("peer", fields("hold_time", null, "remote_as", "2")), old));
        assertThat(next.id()).isEqualTo(old.id());
        assertThat(next.name()).isEqualTo("tor1");
        assertThat(next.holdTime()).isNull();
        assertThat(next.remoteAs().value()).isEqualTo(2);
        assertThat(next.description()).isEqualTo("x");
        assertThat(refused(BgpRules.peer(Map.of("peer", fields("peer_ip", null)), old)))
                .singleElement()
                .asString()
                .contains("peer_ip", "is required");
    }

    @Test
    void speaker_isReadByTheSameRules() {
        BgpSpeaker made = speaker(
                "name",
                "front",
                "ip_version",
                "6",
                "local_as",
                "64512",
                "allowed_vip_prefixes",
                List.of("203.0.113.0/24"));
        assertThat(made.transport()).isEqualTo(AddressFamily.IPV6);
        assertThat(made.allowedVipPrefixes()).hasSize(1);
        assertThat(refused(BgpRules.speaker(Map.of(
                        "speaker",
                        fields(
                                "name",
                                "x",
                                "ip_version",
                                5,
                                "local_as",
                                "-1",
                                "allowed_vip_prefixes",
                                List.of("no"))))))
                .hasSize(3);
        assertThat(done(BgpRules.speaker(Map.of("speaker", fields("allowed_vip_prefixes", List.of())), made))
                        .allowedVipPrefixes())
                .isEmpty();
    }

    @Test
    void contradictions_betweenSpeakersAndPeers_areSaidBeforeAnAmphoraMeetsThem() {
        BgpSpeaker six = speaker("name", "six", "ip_version", "6", "local_as", "64512");
        BgpPeer four = peer("name", "tor4", "peer_ip", "10.0.0.1", "remote_as", "64512");
        BgpPeer tor6 = peer("name", "tor6", "peer_ip", "2001:db8::1", "remote_as", "64512", "auth_type", "md5");
        assertThat(BgpRules.contradictions(List.of(new BgpSpeakerView(six, List.of(four), List.of()))))
                .singleElement()
                .satisfies(r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT))
                .satisfies(r -> assertThat(r.rule()).contains("must be an IPv6 address"));
        assertThat(BgpRules.contradictions(List.of(new BgpSpeakerView(six, List.of(), List.of()))))
                .isEmpty();
        assertThat(BgpRules.contradictions(List.of(new BgpSpeakerView(six, List.of(), List.of("a")))))
                .as("an amphora with nobody to talk to")
                .isNotEmpty();
        BgpSpeakerView good = new BgpSpeakerView(six, List.of(tor6), List.of("a"));
        assertThat(BgpRules.contradictions(List.of(good))).isEmpty();
        BgpSpeaker other = speaker("name", "other", "ip_version", "6", "local_as", "64512");
        assertThat(BgpRules.contradictions(List.of(good, new BgpSpeakerView(other, List.of(tor6), List.of("a")))))
                .as("two speakers of one IP version, with one peer, on one amphora")
                .isNotEmpty();
        assertThat(BgpRules.contradictions(List.of(good, new BgpSpeakerView(other, List.of(tor6), List.of("b")))))
                .isEmpty();
    }

    @Test
    void draft_ofAll_isWhatAnAmphoraTakes() {
        BgpSpeaker speaker = speaker("name", "s", "ip_version", "4", "local_as", "64512", "description", "of racks");
        BgpPeer signed = peer("name", "tor1", "peer_ip", "10.0.0.1", "remote_as", "64512", "auth_type", "md5");
        BgpPeer plain = peer("name", "tor2", "peer_ip", "10.0.0.2", "remote_as", "64512", "passive", true);
        BgpSpeakerView view = new BgpSpeakerView(speaker, List.of(signed, plain), List.of());
        assertThat(ProfileRules.check(BgpRules.draft("x", List.of(view), "of-the-configuration"))
                        .faults())
                .isEmpty();
        assertThat(ProfileRules.check(BgpRules.draft("x", List.of(view), null)).faults())
                .as("a signed peer, and no password configured")
                .isNotEmpty();
    }
}
