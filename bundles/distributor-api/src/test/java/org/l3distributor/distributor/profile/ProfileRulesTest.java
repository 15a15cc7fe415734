// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.Secret;

class ProfileRulesTest {
    private static final String SPEAKER = """
            [l3_bgp_speaker]
            ip_version=4
            local_as=64512
            peers=tor1
            """;
    private static final String PEER = """
            [l3_bgp_peer:tor1]
            peer_ip=10.10.10.1
            remote_as=64513
            """;

    @Test
    void check_ofTheSmallestProfile_fillsInTheDefaults() {
        BgpProfile profile = good(SPEAKER + PEER);
        SpeakerProfile speaker = profile.speakers().get(0);
        PeerProfile peer = speaker.peers().get(0);
        assertThat(speaker.name()).isEqualTo("default");
        assertThat(speaker.transport()).isEqualTo(AddressFamily.IPV4);
        assertThat(peer.id().value()).isEqualTo("tor1");
        assertThat(peer.holdTime()).isEqualTo(Duration.ofSeconds(9));
        assertThat(peer.keepaliveInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(peer.families()).containsExactlyInAnyOrder(AddressFamily.IPV4, AddressFamily.IPV6);
        assertThat(peer.md5Password()).isNull();
        assertThat(peer.ttlHops()).isNull();
        assertThat(peer.enabled()).isTrue();
        assertThat(peer.passive()).isFalse();
        assertThat(peer.linkBandwidth()).isEqualTo(PeerProfile.LinkBandwidth.NONE);
    }

    @Test
    void check_ofEveryKey_readsEveryKey() {
        BgpProfile profile = good("""
                [l3_bgp_speaker]
                id=77777777-7777-4777-8777-000000000001
                description=both racks
                ip_version=4
                local_as=64086.59904
                router_id=10.10.10.21
                peers=tor1, tor2
                service_type=combined
                allowed_vip_prefixes=203.0.113.0/24, 2001:db8::/64
                md5_password=for all
                [l3_bgp_peer:tor1]
                id=88888888-8888-4888-8888-000000000001
                peer_ip=10.10.10.1
                remote_as=4294967295
                auth_type=md5
                md5_password=s3cr3t, with comma % and $ sign
                ttl_hops=1
                hold_time=90
                link_bandwidth=non_transitive
                keepalive_interval=30
                families=ipv4
                passive=True
                enabled=no
                description=left
                [l3_bgp_peer:tor2]
                peer_ip=10.10.10.254
                remote_as=64513
                auth_type=md5
                """);
        SpeakerProfile speaker = profile.speakers().get(0);
        PeerProfile tor1 = speaker.peers().get(0);
        assertThat(speaker.localAs().value()).isEqualTo(4_200_000_000L);
        assertThat(speaker.routerId()).hasToString("10.10.10.21");
        assertThat(speaker.serviceType()).isEqualTo("combined");
        assertThat(speaker.allowedVipPrefixes()).hasToString("[203.0.113.0/24, 2001:db8::/64]");
        assertThat(tor1.id().value()).startsWith("88888888");
        assertThat(tor1.name()).isEqualTo("tor1");
        assertThat(tor1.md5Password()).isEqualTo(Secret.of("s3cr3t, with comma % and $ sign"));
        assertThat(tor1.ttlHops()).isEqualTo(1);
        assertThat(tor1.families()).isEqualTo(Set.of(AddressFamily.IPV4));
        assertThat(tor1.passive()).isTrue();
        assertThat(tor1.enabled()).isFalse();
        assertThat(tor1.linkBandwidth()).isEqualTo(PeerProfile.LinkBandwidth.NON_TRANSITIVE);
        assertThat(tor1.description()).isEqualTo("left");
        assertThat(speaker.peers().get(1).md5Password()).isEqualTo(Secret.of("for all"));
        assertThat(profile.toString()).doesNotContain("s3cr3t").doesNotContain("for all");
    }

    @Test
    void check_ofTwoSpeakers_givesEachTheFamilyOfItsTransport() {
        BgpProfile profile = good("""
                [l3_bgp_speaker:four]
                ip_version=4
                local_as=64512
                peers=a
                [l3_bgp_speaker:six]
                ip_version=6
                local_as=64512
                peers=b,c
                [l3_bgp_peer:a]
                peer_ip=10.0.0.1
                remote_as=1
                [l3_bgp_peer:b]
                peer_ip=2001:db8::1
                remote_as=1
                [l3_bgp_peer:c]
                peer_ip=2001:db8::2
                remote_as=1
                families=ipv4,ipv6
                """);
        assertThat(profile.peers())
                .extracting(PeerProfile::families)
                .containsExactly(
                        Set.of(AddressFamily.IPV4),
                        Set.of(AddressFamily.IPV6),
                        Set.of(AddressFamily.IPV4, AddressFamily.IPV6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            local_as=0                  | local_as           | 1..4294967295
            local_as=23456              | local_as           | 23456
            local_as=4294967296         | local_as           | 1..4294967295
            local_as=-1                 | local_as           | 1..4294967295
            local_as=AS64512            | local_as           | 1..4294967295
            local_as=                   | local_as           | must not be empty
            ip_version=5                | ip_version         | must be 4 or 6
            ip_version=6                | peer_ip            | must be an IPv6 address
            router_id=0.0.0.0           | router_id          | not 0.0.0.0
            router_id=::1               | router_id          | dotted-quad
            service_type=both           | service_type       | combined, distributor or lb
            peers=tor1,tor9             | peers              | l3_bgp_peer:tor9
            peers=tor1,,                | peers              | empty word
            peers=tor1,tor1             | peers              | twice
            peers=                      | peers              | must not be empty
            allowed_vip_prefixes=10.0.0.1/8 | allowed_vip_prefixes | bits set beyond
            allowed_vip_prefixes=10.0.0.1   | allowed_vip_prefixes | ADDRESS/LENGTH
            md5_password=x              | md5_password       | would sign nothing
            id=a b                      | id                 | must be 1..64
            localas=1                   | localas            | did you mean local_as?
            color=red                   | color              | is not a known key
            """)
    void check_ofAWrongSpeakerKey_namesKeyAndRule(String line, String key, String rule) {
        assertFault(with(SPEAKER, line) + PEER, key, rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remote_as=0                 | remote_as          | 1..4294967295
            remote_as=23456             | remote_as          | 23456
            peer_ip=10.10.10.1/24       | peer_ip            | without a prefix length
            peer_ip=224.0.0.1           | peer_ip            | multicast
            peer_ip=255.255.255.255     | peer_ip            | broadcast
            peer_ip=0.0.0.0             | peer_ip            | unspecified
            peer_ip=tor.example         | peer_ip            | literal
            peer_ip=fe80::1             | peer_ip            | link-local
            peer_ip=2001:db8::1         | peer_ip            | must be an IPv4 address
            peer_ip=                    | peer_ip            | must not be empty
            auth_type=tcp-ao            | auth_type          | is not supported
            auth_type=md5               | md5_password       | is required
            md5_password=x              | md5_password       | needs auth_type = md5
            ttl_hops=0                  | ttl_hops           | 1..254
            ttl_hops=255                | ttl_hops           | 1..254
            ttl_hops=one                | ttl_hops           | 1..254
            link_bandwidth=on           | link_bandwidth     | none, transitive or non_transitive
            hold_time=1                 | hold_time          | 3..65535
            hold_time=2                 | hold_time          | 3..65535
            hold_time=65536             | hold_time          | 3..65535
            hold_time=-3                | hold_time          | 3..65535
            keepalive_interval=9        | keepalive_interval | less than hold_time
            keepalive_interval=0        | keepalive_interval | at least 1 second
            families=ipv5               | families           | ipv4 and ipv6
            passive=maybe               | passive            | true or false
            enabled=2                   | enabled            | true or false
            id=a/b                      | id                 | must be 1..64
            holdtime=9                  | holdtime           | did you mean hold_time?
            Peer_IP=1.2.3.4             | Peer_IP            | did you mean peer_ip?
            port=1790                   | port               | is not a known key
            """)
    void check_ofAWrongPeerKey_namesKeyAndRule(String line, String key, String rule) {
        assertFault(SPEAKER + with(PEER, line), key, rule);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 81})
    void check_ofAPassword_allowsEightyBytes(int bytes) {
        List<ProfileFault> faults =
                faults(SPEAKER + PEER + "auth_type=md5\nmd5_password=" + "\u00e4".repeat(40) + "x".repeat(bytes - 80));
        assertThat(faults).hasSize(bytes - 80);
        assertThat(faults).allMatch(f -> "****".equals(f.value()) && f.rule().contains("at most 80 bytes"));
    }

    @Test
    void check_ofHoldTimeZero_turnsKeepalivesOff() {
        assertThat(good(SPEAKER + PEER + "hold_time=0").peers().get(0).keepaliveInterval())
                .isZero();
        assertFault(SPEAKER + PEER + "hold_time=0\nkeepalive_interval=3", "keepalive_interval", "must be 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5_pasword", "md5-password", "password", "md5", "tcp_key"})
    void check_ofAMisspeltSecret_hidesItsValue(String key) {
        assertThat(faults(SPEAKER + PEER + key + "=hunter2").toString())
                .contains(key)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"passive, maybe", "keepalive_interval, x", "auth_type, none", "PASSIVE, yes"})
    void check_ofAWrongValueThatIsNoSecret_showsIt(String key, String value) {
        assertThat(ProfileRules.isSecret(key)).isFalse();
        assertThat(faults(SPEAKER + PEER + key + "=" + value)).anyMatch(f -> value.equals(f.value()));
    }

    @Test
    void check_ofARepeatedKey_isAFault() {
        assertFault(SPEAKER + PEER + "remote_as=64514", "remote_as", "given twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            l3_bgp_peer:tor1     | there is such a section already
            l3_bgp_peer:tor2     | no speaker names this peer
            l3_bgp_peer          | a peer section has a name
            l3_bgp_peer:to r     | the name after the ':'
            l3_bgp_peers:x       | did you mean l3_bgp_peer?
            L3_BGP_SPEAKER       | did you mean l3_bgp_speaker?
            l3_whatever          | is not a section of the profile
            """)
    void check_ofAWrongSection_namesIt(String title, String rule) {
        assertThat(faults(SPEAKER + PEER + "[" + title + "]\npeer_ip=10.0.0.9\nremote_as=3"))
                .anyMatch(f -> f.section().equals(title) && f.rule().contains(rule));
    }

    @Test
    void check_withoutSpeaker_saysSo() {
        assertThat(faults("")).singleElement().matches(f -> f.rule().contains("no usable [l3_bgp_speaker]"));
    }

    @Test
    void check_ofPeersWithOneAddressAndOneId_reportsBoth() {
        List<ProfileFault> faults = faults(with(SPEAKER, "peers=tor1,tor2") + PEER
                + "id=x\n[l3_bgp_peer:tor2]\nid=x\npeer_ip=10.10.10.1\nremote_as=1");
        assertThat(faults).extracting(ProfileFault::key).containsExactlyInAnyOrder("id", "peer_ip");
        assertThat(faults).allMatch(f -> f.rule().contains("already: [l3_bgp_peer:tor1]"));
    }

    @Test
    void check_ofTwoSpeakersOfOneVersionAndOnePeer_reportsBoth() {
        List<ProfileFault> faults = faults(SPEAKER + PEER + "[l3_bgp_speaker:b]\nip_version=4\nlocal_as=1\npeers=tor1");
        assertThat(faults).extracting(ProfileFault::key).containsExactlyInAnyOrder("ip_version", "peers");
    }

    @Test
    void check_ofManyFaults_reportsAllOfThemAtOnceWithOriginAndValue() {
        List<ProfileFault> faults = faults("""
                [l3_bgp_speaker]
                ip_version=5
                local_as=0
                peers=tor1
                [l3_bgp_peer:tor1]
                remote_as=23456
                hold_time=2
                ttl_hops=255
                """);
        assertThat(faults)
                .extracting(ProfileFault::key)
                .containsExactlyInAnyOrder("ip_version", "local_as", "peer_ip", "remote_as", "hold_time", "ttl_hops");
        assertThat(faults).allMatch(f -> f.origin().equals("test.conf"));
        assertThat(faults).extracting(ProfileFault::value).contains("5", "0", null, "23456", "2", "255");
    }

    @Test
    void check_ofAHugeValue_showsItShortAndOnOneLine() {
        ProfileFault fault = faults(SPEAKER + PEER + "ttl_hops=\t1" + "\u0007".repeat(100_000))
                .get(0);
        assertThat(fault.toString()).hasSizeLessThan(800).doesNotContain("\u0007");
    }

    private static void assertFault(String text, String key, String rule) {
        assertThat(faults(text)).anyMatch(f -> f.key().equals(key) && f.rule().contains(rule));
    }

    private static BgpProfile good(String text) {
        CheckedProfile checked = ProfileRules.check(draft(text));
        assertThat(checked.faults()).isEmpty();
        return checked.profile();
    }

    private static List<ProfileFault> faults(String text) {
        return ProfileRules.check(draft(text)).faults();
    }

    /** The section with the line's key replaced or added. */
    private static String with(String section, String line) {
        String key = line.substring(0, line.indexOf('=') + 1);
        StringBuilder text = new StringBuilder();
        section.lines()
                .filter(l -> !l.startsWith(key))
                .forEach(l -> text.append(l).append('\n'));
        return text + line + "\n";
    }

    private static ProfileDraft draft(String text) {
        List<ProfileDraft.Section> sections = new ArrayList<>();
        List<ProfileDraft.Entry> entries = new ArrayList<>();
        String title = "";
        for (String line : (text + "\n[").split("\n")) {
            if (line.startsWith("[")) {
                if (!title.isEmpty()) {
                    sections.add(new ProfileDraft.Section(title, entries));
                }
                title = line.substring(1).replace("]", "");
                entries = new ArrayList<>();
            } else if (!line.isBlank()) {
                int equals = line.indexOf('=');
                entries.add(new ProfileDraft.Entry(line.substring(0, equals), line.substring(equals + 1)));
            }
        }
        return new ProfileDraft("test.conf", sections);
    }
}
