// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.console.internal.show.PeerText;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.PeerView.HeldDown;
import org.l3distributor.distributor.service.PeerService;

class BgpCommandsTest {
    private final FakePeers peers = new FakePeers();
    private final Shell shell = new Shell(BgpSummary.class).with(PeerService.class, peers);

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void summary_withOnePeerUpAndOneDisabled_showsBoth() throws Exception {
        assertThat(shell.run("bgp:summary")).isEqualTo("""
                PEER  ADDRESS      AS          STATE        SINCE  ANNOUNCED  PENDING  NOTE
                tor1  192.0.2.1    4200000001  Established  2d2h   2          0
                tor2  2001:db8::2  4200000001  Idle         2d2h   0          2        disabled by an operator
                1 of 2 sessions Established""");
    }

    @Test
    void peerThatTheProfileHoldsDown_isNotSaidToBeAnOperatorsDoing() throws Exception {
        PeerView peer = FakePeers.peer("tor3", "192.0.2.3", "Idle", HeldDown.PROFILE, null);
        assertThat(PeerText.summary(List.of(peer), FakePeers.LONG_AGO)).contains("disabled by the profile");
        assertThat(PeerText.neighborJson(peer)).contains("\"enabled\":false,\"disabled_by\":\"profile\",");
    }

    @Test
    void neighbor_ofAnEstablishedPeer_showsEverything() throws Exception {
        assertThat(shell.run("bgp:neighbor tor1")).isEqualTo("""
                peer              tor1
                speaker           default
                address           192.0.2.1 from 192.0.2.10
                AS                4200000001, ours 64512 (eBGP)
                router id         192.0.2.1, ours 192.0.2.10
                state             Established since 2d2h
                timers            hold 9 s, keepalive 3 s
                protection        TCP MD5, GTSM 1 hop
                link bandwidth    transitive
                families          ipv4, ipv6
                offered by us     MP-BGP ipv4 unicast, 4-octet AS
                offered by peer   nothing yet
                routes            2 announced, 0 pending
                  keepalives_sent 17
                  updates_sent    3""");
    }

    @Test
    void neighbor_asJson_hasTheFieldsOfTheRestApi() throws Exception {
        assertThat(shell.run("bgp:neighbor --json tor1"))
                .startsWith(
                        "{\"id\":\"tor1\",\"speaker\":\"default\",\"peer_ip\":\"192.0.2.1\",\"local_ip\":\"192.0.2.10\","
                                + "\"local_as\":64512,\"remote_as\":4200000001,\"local_router_id\":\"192.0.2.10\","
                                + "\"remote_router_id\":\"192.0.2.1\",\"state\":\"Established\",\"since\":\"20")
                .endsWith(
                        "\"enabled\":true,\"disabled_by\":null,\"passive\":false,\"md5\":true,\"ttl_hops\":1,\"link_bandwidth\":\"transitive\","
                                + "\"hold_time\":9.0,"
                                + "\"keepalive_interval\":3.0,\"families\":[\"ipv4\",\"ipv6\"],"
                                + "\"local_capabilities\":[\"MP-BGP ipv4 unicast\",\"4-octet AS\"],\"remote_capabilities\":[],"
                                + "\"announced\":2,\"pending\":0,\"counters\":{\"keepalives_sent\":17,\"updates_sent\":3},"
                                + "\"last_error\":null,\"last_error_at\":null,\"description\":\"\"}");
    }

    @Test
    void neighbor_ofAnUnknownPeer_namesTheKnownOnes() {
        assertThatThrownBy(() -> shell.run("bgp:neighbor tor3"))
                .hasMessage("peer_id = \"tor3\": is not a configured peer; known are tor1, tor2");
        assertThatThrownBy(() -> shell.run("bgp:neighbor 'no/id'"))
                .hasMessageStartingWith("peer_id = \"no/id\": must be");
    }

    @Test
    void maintenance_ofAPeer_asksThePortForExactlyThat() throws Exception {
        for (String what : new String[] {"disable", "enable", "clear", "refresh"}) {
            assertThat(shell.run("bgp:" + what + " tor1")).startsWith("peer              tor1");
        }
        assertThat(peers.calls).containsExactly("disable tor1", "enable tor1", "clear tor1", "refresh tor1");
        assertThatThrownBy(() -> shell.run("bgp:disable tor9"))
                .hasMessageContaining("peer_id = \"tor9\": is not a configured peer");
    }

    @Test
    void advertised_ofOnePeer_showsItsRoutes() throws Exception {
        assertThat(shell.run("bgp:advertised tor1")).isEqualTo("""
                PEER  PREFIX           NEXT HOP    BANDWIDTH    STATE      WRITTEN                   REASON
                tor1  203.0.113.10/32  192.0.2.10  3.00 Mbit/s  announced  2026-01-02T03:04:05.678Z
                1 routes""");
        assertThat(shell.run("bgp:advertised --json"))
                .isEqualTo(
                        "{\"advertised\":[{\"peer_id\":\"tor1\",\"prefix\":\"203.0.113.10/32\",\"nexthop_ip\":\"192.0.2.10\","
                                + "\"link_bandwidth\":375000.0,\"state\":\"announced\",\"written_at\":\"2026-01-02T03:04:05.678000Z\",\"reason\":null}]}");
        assertThat(peers.calls).containsExactly("advertised tor1", "advertised null");
    }

    @Test
    void events_withALimit_areAskedForWithIt() throws Exception {
        assertThat(shell.run("bgp:events --limit 7 tor1")).isEqualTo("""
                2026-01-02T03:04:05.678Z peer=tor1 state state=OPEN_CONFIRM->ESTABLISHED
                2026-01-02T03:04:05.678Z profile origin=pushed""");
        assertThat(peers.calls).containsExactly("events tor1 7");
        assertThatThrownBy(() -> shell.run("bgp:events --limit 0"))
                .hasMessage("limit = \"0\": must be a number 1..1000");
        assertThatThrownBy(() -> shell.run("bgp:events --limit x"))
                .hasMessage("limit = \"x\": must be a number 1..1000");
    }

    @Test
    void completion_ofAPeer_offersTheConfiguredIds() throws Exception {
        assertThat(shell.complete(PeerIds.class, "t")).containsExactly("tor1", "tor2");
    }

    @Test
    void anyCommand_withoutASpeaker_saysThatThereIsNone() {
        shell.withoutPorts();
        for (String line : new String[] {
            "bgp:summary",
            "bgp:neighbor tor1",
            "bgp:advertised",
            "bgp:events",
            "bgp:profile",
            "bgp:clear tor1",
            "distributor:list",
            "vip:list",
            "distributor:register a 203.0.113.1 192.0.2.1"
        }) {
            assertThatThrownBy(() -> shell.run(line))
                    .as(line)
                    .hasMessageStartingWith("no BGP speaker is installed here");
        }
        assertThatThrownBy(() -> shell.run("netns:show"))
                .hasMessageStartingWith("no namespace service is installed here");
        assertThatThrownBy(() -> shell.run("vip:own")).hasMessageStartingWith("nothing here announces VIPs of its own");
        assertThatThrownBy(() -> shell.run("distributor:ready")).hasMessageStartingWith("not ready: ");
    }
}
