// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.amphora.internal.Samples.ip;
import static org.l3distributor.amphora.internal.Samples.peerProfile;
import static org.l3distributor.amphora.internal.Samples.removal;
import static org.l3distributor.amphora.internal.Samples.row;
import static org.l3distributor.amphora.internal.Samples.rows;
import static org.l3distributor.amphora.internal.Samples.speaker;
import static org.l3distributor.amphora.internal.Samples.twoPeers;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpPrefix;

class RegistryTest {
    private final Registry registry = new Registry();
    private final Terms terms = new Terms(
            twoPeers(),
            List.of(),
            new Host(
                    List.of(ip("10.10.10.21"), ip("198.51.100.21"), ip("127.0.0.1")),
                    List.of(ip("10.10.10.21"), ip("198.51.100.21")),
                    Map.of(ip("10.10.10.1"), ip("10.10.10.21")),
                    List.of(IpPrefix.parse("10.10.10.0/24"))));

    private Decision register(String text) {
        return registry.register(rows(text), terms, false);
    }

    private static Refusal only(Decision decision) {
        assertThat(decision.change().isEmpty()).isTrue();
        assertThat(decision.refusals()).hasSize(1);
        return decision.refusals().get(0);
    }

    @ParameterizedTest(name = "{0} beside {1}: {2} {3}")
    @CsvSource({
        // stands,                    wanted,                         kind,     the refusal names
        "a 203.0.113.1 10.0.0.1 *,    a 203.0.113.1 10.0.0.1 *,       SAME,     ''",
        "a 203.0.113.1 10.0.0.1 tor1, a 203.0.113.1 10.0.0.1 tor1,    SAME,     ''",
        "a 203.0.113.1 10.0.0.1 *,    a 203.0.113.2 10.0.0.1 *,       ADDED,    ''",
        "a 203.0.113.1 10.0.0.1 tor1, b 203.0.113.1 10.0.0.2 tor2,    ADDED,    ''",
        "a 203.0.113.1 10.0.0.1 *,    a 203.0.113.1 10.0.0.1 tor1,    ADDED,    ''",
        "a 203.0.113.1 10.0.0.1 tor1, a 203.0.113.1 10.0.0.1 *,       ADDED,    ''",
        "a 203.0.113.1 10.0.0.1 *,    a 2001:db8::1 2001:db8:f::1 *,  ADDED,    ''",
        "a 203.0.113.1 10.0.0.1 *,    b 203.0.113.1 10.0.0.1 *,       CONFLICT, amphora a",
        "a 203.0.113.1 10.0.0.1 tor1, b 203.0.113.1 10.0.0.1 *,       CONFLICT, amphora a",
        "a 203.0.113.1 10.0.0.1 *,    vip 203.0.113.1 10.0.0.1 *,     CONFLICT, amphora a",
        "vip 203.0.113.1 10.0.0.1 *,  a 203.0.113.1 10.0.0.1 tor1,    CONFLICT, vip registration",
        "a 203.0.113.1 10.0.0.1 *,    a 203.0.113.1 10.0.0.2 *,       CONFLICT, 10.0.0.1",
        "a 203.0.113.1 10.0.0.1 *,    b 203.0.113.1 10.0.0.2 *,       CONFLICT, 10.0.0.1",
        "a 203.0.113.1 10.0.0.1 *,    a 203.0.113.1 10.0.0.2 tor1,    CONFLICT, 10.0.0.1",
        "a 203.0.113.1 10.0.0.1 tor2, a 203.0.113.1 10.0.0.2 *,       CONFLICT, 10.0.0.1",
        "a 203.0.113.1 10.0.0.1 tor1, b 203.0.113.1 10.0.0.2 tor1,    CONFLICT, peer tor1",
    })
    void register_besideAnother_standsOrSaysWhichOneIsInTheWay(
            String stands, String wanted, String kind, String names) {
        register(stands);
        Decision decision = register(wanted);
        switch (kind) {
            case "SAME" -> assertThat(decision).isEqualTo(Decision.changed(Change.NONE));
            case "ADDED" -> assertThat(decision.change().added()).containsExactly(row(wanted));
            default -> {
                assertThat(only(decision).kind()).isEqualTo(Refusal.Kind.CONFLICT);
                assertThat(only(decision).rule()).contains(names);
                assertThat(registry.all()).containsExactly(row(stands));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "a 10.10.10.1 10.0.0.1 *,     vip_ip,     address of a peer (tor1)",
        "a 198.51.100.21 10.0.0.1 *,  vip_ip,     address of this host",
        "a 10.10.10.77 10.0.0.1 *,    vip_ip,     management network 10.10.10.0/24",
        "a 203.0.113.1 203.0.113.1 *, nexthop_ip, another address than the VIP",
        "a 203.0.113.1 2001:db8::1 *, nexthop_ip, address family",
        "a 0.0.0.0 10.0.0.1 *,        vip_ip,     unicast",
        "a 127.0.0.9 10.0.0.1 *,      vip_ip,     unicast",
        "a 224.0.0.9 10.0.0.1 *,      vip_ip,     unicast",
        "a 169.254.0.9 10.0.0.1 *,    vip_ip,     unicast",
        "a 255.255.255.255 10.0.0.1 *, vip_ip,    unicast",
        "a ff02::1 2001:db8::1 *,     vip_ip,     unicast",
        "a fe80::1 2001:db8::1 *,     vip_ip,     unicast",
        "a 203.0.113.1 224.0.0.1 *,   nexthop_ip, unicast",
        "a 203.0.113.1 10.10.10.1 *,  nexthop_ip, 'peer that is told of it (tor1;'",
        "a 203.0.113.1 10.10.10.1 tor1, nexthop_ip, 'peer that is told of it (tor1;'",
        "a 203.0.113.1 10.0.0.1 tor3, peer_id,    'known: tor1, tor2'",
    })
    void register_ofWhatMayNotBeAnnounced_isInvalidAndSaysTheRule(String wanted, String field, String rule) {
        Refusal refusal = only(register(wanted));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.rule()).contains(rule);
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void register_withoutAProfile_isNotReady() {
        Decision decision =
                registry.register(rows("a 203.0.113.1 10.0.0.1 *"), new Terms(null, List.of(), Host.UNKNOWN), false);
        assertThat(only(decision).kind()).isEqualTo(Refusal.Kind.NOT_READY);
    }

    @Test
    void register_withAWrongProfile_saysWhatIsWrongWithIt() {
        List<ProfileFault> faults = List.of(
                new ProfileFault("agent.conf", "l3_bgp_speaker", "local_as", "0", "must be 1..4294967295"),
                new ProfileFault("agent.conf", "l3_bgp_speaker", "peers", null, "is required"));
        Decision decision =
                registry.register(rows("a 203.0.113.1 10.0.0.1 *"), new Terms(null, faults, Host.UNKNOWN), false);
        assertThat(only(decision).rule())
                .startsWith("there is no valid BGP profile yet: agent.conf: [l3_bgp_speaker] local_as = 0: must be")
                .endsWith("(and 1 more: ask for the profile)");
    }

    @Test
    void nextHop_thatIsAnotherPeersAddress_isThatPeersBusiness() {
        assertThat(register("a 203.0.113.1 10.10.10.1 tor2").change().added()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "a 2001:db8::1 2001:db8:f::1 tor1, this peer doesn't carry IPv6 routes",
        "a 203.0.113.1 10.0.0.1 tor6,      this peer doesn't carry IPv4 routes",
        "a 2001:db8::1 2001:db8:f::1 *,    ''",
        "a 203.0.113.1 10.0.0.1 *,         ''",
    })
    void family_thatNoTargetCarries_isRefused(String wanted, String rule) {
        Terms ofBothTransports = new Terms(
                new BgpProfile(List.of(
                        speaker("four", List.of(), peerProfile("tor1", "10.10.10.1", AddressFamily.IPV4)),
                        speaker("six", List.of(), peerProfile("tor6", "2001:db8:a::1", AddressFamily.IPV6)))),
                List.of(),
                Host.UNKNOWN);
        Decision decision = registry.register(rows(wanted), ofBothTransports, false);
        if (rule.isEmpty()) {
            assertThat(decision.change().added()).hasSize(1);
        } else {
            assertThat(only(decision).rule()).contains(rule);
        }
    }

    @Test
    void bulk_withOneBadRow_changesNothingAndNamesTheRow() {
        register("a 203.0.113.9 10.0.0.9 *");
        Decision decision = registry.register(
                rows("a 203.0.113.1 10.0.0.1 *", "a 203.0.113.9 10.0.0.1 *", "a 10.10.10.1 10.0.0.1 *"), terms, true);
        assertThat(decision.refusals())
                .extracting(Refusal::field)
                .containsExactly("registrations[1].nexthop_ip", "registrations[2].vip_ip");
        assertThat(registry.all()).containsExactly(row("a 203.0.113.9 10.0.0.9 *"));
    }

    @Test
    void bulk_thatContradictsItself_isRefused() {
        Decision decision =
                registry.register(rows("a 203.0.113.1 10.0.0.1 *", "a 203.0.113.1 10.0.0.2 *"), terms, true);
        assertThat(only(decision).field()).isEqualTo("registrations[1].nexthop_ip");
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void bulk_withTheSameRowTwice_addsItOnce() {
        Decision decision =
                registry.register(rows("a 203.0.113.1 10.0.0.1 *", "a 203.0.113.1 10.0.0.1 *"), terms, true);
        assertThat(decision.change().added()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: removes {1}, {2}")
    @CsvSource({
        "a 203.0.113.1 10.0.0.1 *,    0, NOT_FOUND",
        "a 203.0.113.1 10.0.0.9 *,    0, NOT_FOUND",
        "b 203.0.113.1 10.0.0.2 *,    0, NOT_FOUND",
        "vip 203.0.113.1 10.0.0.2 *,  0, NOT_FOUND",
        "a 203.0.113.1 10.0.0.2 *,    2, ''",
        "a 203.0.113.1 10.0.0.2 tor1, 1, ''",
        "a 203.0.113.1 10.0.0.2 tor3, 0, NOT_FOUND",
        "c 203.0.113.3 10.0.0.3 *,    2, ''",
        "c 203.0.113.3 10.0.0.3 tor1, 0, CONFLICT",
        "c 203.0.113.3 10.0.0.3 tor2, 0, CONFLICT",
    })
    void unregister_ofARow_removesExactlyWhatItNames(String removal, int removed, String refusal) {
        registry.reset(rows(
                "a 203.0.113.1 10.0.0.2 tor1",
                "a 203.0.113.1 10.0.0.2 tor2",
                "c 203.0.113.3 10.0.0.3 *",
                "c 203.0.113.3 10.0.0.3 tor1"));
        Decision decision = registry.unregister(List.of(removal(removal)), false);
        assertThat(decision.change().removed()).hasSize(removed);
        assertThat(registry.all()).hasSize(4 - removed);
        assertThat(decision.absent()).hasSize(refusal.equals("NOT_FOUND") ? 1 : 0);
        assertThat(decision.isRefused()).isEqualTo(refusal.equals("CONFLICT"));
    }

    @Test
    void unregisterInBulk_withAPartOfAll_changesNothing() {
        registry.reset(rows("a 203.0.113.1 10.0.0.2 *", "a 203.0.113.2 10.0.0.2 *"));
        Decision decision = registry.unregister(
                List.of(removal("a 203.0.113.1 10.0.0.2 *"), removal("a 203.0.113.2 10.0.0.2 tor1")), true);
        assertThat(only(decision).field()).isEqualTo("registrations[1].peer_id");
        assertThat(registry.all()).hasSize(2);
    }

    @Test
    void register_afterTheOtherNextHopWasUnregistered_isAccepted() {
        register("a 203.0.113.1 10.0.0.1 *");
        registry.unregister(List.of(removal("a 203.0.113.1 10.0.0.1 *")), false);
        assertThat(register("b 203.0.113.1 10.0.0.2 *").isRefused()).isFalse();
    }

    @Test
    void undo_ofDecisionsNewestFirst_bringsTheOldStateBack() {
        registry.reset(rows("a 203.0.113.1 10.0.0.1 *"));
        Decision first = registry.unregister(List.of(removal("a 203.0.113.1 10.0.0.1 *")), false);
        Decision second = register("b 203.0.113.1 10.0.0.2 *");
        registry.undo(second.change());
        registry.undo(first.change());
        assertThat(registry.all()).containsExactly(row("a 203.0.113.1 10.0.0.1 *"));
        assertThat(only(register("b 203.0.113.1 10.0.0.2 *")).kind()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void rows_ofBothKinds_areOrderedByVipNextHopOwnerAndPeer() {
        List<Registration> ordered = rows(
                "a 9.0.0.1 10.0.0.9 *",
                "a 203.0.113.1 10.0.0.1 *",
                "a 203.0.113.1 10.0.0.1 tor1",
                "a 203.0.113.1 10.0.0.2 tor2",
                "a 2001:db8::1 2001:db8:f::1 *");
        registry.reset(List.of(ordered.get(4), ordered.get(2), ordered.get(0), ordered.get(3), ordered.get(1)));
        assertThat(registry.rows(true)).containsExactlyElementsOf(ordered);
        assertThat(registry.rows(false)).isEmpty();
        for (Registration row : ordered) {
            assertThat(Order.place(Order.marker(row))).isEqualTo(row);
        }
    }

    @Test
    void netOf_manyChanges_isTheLastWordOnEachRow() {
        Registration x = row("a 203.0.113.1 10.0.0.1 *");
        Registration y = row("a 203.0.113.2 10.0.0.1 *");
        Change net = Change.netOf(List.of(
                new Change(List.of(), List.of(x)),
                new Change(List.of(x, y), List.of()),
                new Change(List.of(), List.of(y))));
        assertThat(net).isEqualTo(new Change(List.of(x), List.of(y)));
    }
}
