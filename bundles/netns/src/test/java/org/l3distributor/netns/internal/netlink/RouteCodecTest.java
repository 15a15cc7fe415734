// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.Route;
import org.l3distributor.netns.SourceRule;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.ListenerSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Other;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.RouteSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.RuleSeen;

/** The samples are what a kernel sent (6.18, little-endian) of what `ip` and Python had made. */
class RouteCodecTest {
    private static final String DEFAULT4 = "34000000 1800 2200 07000000 8c390000" // NEWROUTE, multi and filtered
            + "02 00 00 00 01 cb 00 01 04000000" // IPv4, /0, table 1, protocol 203, universe, unicast, onlink
            + "0800 0f00 01000000" // table
            + "0800 0500 0a140001" // gateway
            + "0800 0400 03000000"; // link
    private static final String SUBNET4 = "34000000 1800 2200 07000000 8c390000"
            + "02 18 00 00 01 cb fd 01 00000000" // IPv4, /24, scope link
            + "0800 0f00 01000000"
            + "0800 0100 0a140000" // destination
            + "0800 0400 03000000";
    private static final String DEFAULT6 = "74000000 1800 2200 07000000 8c390000"
            + "0a 00 00 00 01 cb 00 01 00000000"
            + "0800 0f00 01000000"
            + "0800 0600 00040000" // metric 1024
            + "1400 0500 20010db8002000000000000000000001"
            + "0800 0400 03000000"
            + "2400 0c00 0000000000000000000000000000000000000000000000000000000000000000" // cache information
            + "0500 1400 00000000"; // preference
    private static final String RULE4 = "44000000 2000 0200 07000000 8c390000" // NEWRULE
            + "02 00 20 00 01 0000 01 00000000" // IPv4, source /32, table 1, to table
            + "0800 0f00 01000000 0800 0e00 ffffffff" // table, prefixes suppressed: none
            + "0500 1500 cb000000" // protocol 203
            + "0800 0600 e8030000" // priority 1000
            + "0800 0200 cb00710a"; // source
    private static final String RULE6 = "50000000 2000 0200 07000000 8c390000"
            + "0a 00 80 00 01 0000 01 00000000"
            + "0800 0f00 01000000 0800 0e00 ffffffff 0500 1500 cb000000 0800 0600 e8030000"
            + "1400 0200 20010db8000000000000000000000010";
    private static final String MAIN = "3c000000 2000 0200 07000000 8c390000" // for every source
            + "02 00 00 00 fe 0000 01 00000000"
            + "0800 0f00 fe000000 0800 0e00 ffffffff 0500 1500 02000000 0800 0600 fe7f0000";
    private static final String LISTENER4 = "7c000000 1400 0200 07000000 8c390000" // SOCK_DIAG_BY_FAMILY
            + "02 0a 00 00 1f90 0000" // IPv4, listens, port 8080
            + "0a14000b 000000000000000000000000 00000000000000000000000000000000" // both ends' addresses
            + "00000000 0410000000000000" // interface, cookie
            + "00000000 00000000 80000000 00000000 5d250600" // expires, queues, user, inode
            + "0500 0800 00000000 0800 0f00 00000000 0c00 1500 0100000000000000 0600 1600 52000000";
    private static final String LISTENER6 = "84000000 1400 0200 07000000 8c390000"
            + "0a 0a 00 00 0050 0000" // IPv6, port 80
            + "20010db8002000000000000000000011 00000000000000000000000000000000"
            + "00000000 0510000000000000 00000000 00000000 80000000 00000000 60250600"
            + "0500 0800 00000000 0500 0b00 01000000" // IPv6 only
            + "0800 0f00 00000000 0c00 1500 0100000000000000 0600 1600 12000000";
    private static final String LISTENER_ANY = "84000000 1400 0200 07000000 8c390000"
            + "0a 0a 00 00 20fb 0000" // port 8443
            + "00000000000000000000000000000000 00000000000000000000000000000000"
            + "00000000 0610000000000000 00000000 00000000 80000000 00000000 5f250600"
            + "0500 0800 00000000 0500 0b00 00000000" // IPv4 too
            + "0800 0f00 00000000 0c00 1500 0100000000000000 0600 1600 12000000";

    private static final Route GATEWAY4 =
            new Route(1, IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("10.20.0.1"), 3, 0, Route.OURS);
    private static final Route ON_LINK4 = new Route(1, IpPrefix.parse("10.20.0.0/24"), null, 3, 0, Route.OURS);
    private static final Route GATEWAY6 =
            new Route(1, IpPrefix.parse("::/0"), IpAddress.parse("2001:db8:20::1"), 3, 1024, Route.OURS);

    @BeforeEach
    void littleEndian() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the samples are from a little-endian machine");
    }

    @Test
    void decode_ofRoutes_givesTableGatewayLinkMetricAndMaker() {
        assertThat(routing(DEFAULT4 + SUBNET4 + DEFAULT6))
                .containsExactly(new RouteSeen(GATEWAY4), new RouteSeen(ON_LINK4), new RouteSeen(GATEWAY6));
    }

    @Test
    void decode_ofRoutesThatAreNoneOfOurKind_passesThemOver() {
        assertThat(routing(DEFAULT4.replace("00 01 04000000", "00 02 04000000")))
                .as("a local route")
                .containsExactly(new Other(24));
        assertThat(routing(DEFAULT4.replace("00 01 04000000", "00 01 00020000")))
                .as("a cached one")
                .containsExactly(new Other(24));
        assertThat(routing(DEFAULT4.replace("0800 0400 03000000", "0800 0900 03000000")))
                .as("one without a link of its own, such as one through several")
                .containsExactly(new Other(24));
    }

    @Test
    void decode_ofRules_givesSourceTableAndMaker() {
        assertThat(routing(RULE4 + RULE6 + MAIN))
                .containsExactly(
                        new RuleSeen(new SourceRule(IpAddress.parse("203.0.113.10"), 1, Route.OURS)),
                        new RuleSeen(new SourceRule(IpAddress.parse("2001:db8::10"), 1, Route.OURS)),
                        new Other(32));
        assertThat(routing(RULE4.replace("02 00 20", "02 00 18")))
                .as("for a subnet")
                .containsExactly(new Other(32));
    }

    @Test
    void decode_ofListeners_givesAddressPortAndWhetherIpv4IsMeantToo() {
        byte[] bytes = bytes(LISTENER4 + LISTENER6 + LISTENER_ANY);
        assertThat(NetlinkDecoder.decode(bytes, bytes.length, SockDiag::decode).messages())
                .containsExactly(
                        new ListenerSeen(new ListeningSocket(IpAddress.parse("10.20.0.11"), 8080, false)),
                        new ListenerSeen(new ListeningSocket(IpAddress.parse("2001:db8:20::11"), 80, false)),
                        new ListenerSeen(new ListeningSocket(IpAddress.parse("::"), 8443, true)));
    }

    @Test
    void accepts_comparesAddressFamilyAndPort() {
        IpAddress v4 = IpAddress.parse("203.0.113.10");
        IpAddress v6 = IpAddress.parse("2001:db8::10");
        assertThat(new ListeningSocket(v4, 80, false).accepts(v4, 80)).isTrue();
        assertThat(new ListeningSocket(v4, 80, false).accepts(v4, 81)).isFalse();
        assertThat(new ListeningSocket(v4, 80, false).accepts(v6, 80)).isFalse();
        assertThat(new ListeningSocket(IpAddress.parse("0.0.0.0"), 80, false).accepts(v4, 80))
                .isTrue();
        assertThat(new ListeningSocket(IpAddress.parse("0.0.0.0"), 80, false).accepts(v6, 80))
                .isFalse();
        assertThat(new ListeningSocket(IpAddress.parse("::"), 80, true).accepts(v4, 80))
                .isTrue();
        assertThat(new ListeningSocket(IpAddress.parse("::"), 80, false).accepts(v4, 80))
                .isFalse();
    }

    @Test
    void decode_cutAtEveryByte_failsWithoutReadingBeyond() {
        for (String sample : List.of(DEFAULT4, SUBNET4, DEFAULT6, RULE4, RULE6, LISTENER4, LISTENER6)) {
            NetlinkDecoder.Body body = sample.contains(" 1400 0200 ") && sample.contains("0c00 1500")
                    ? SockDiag::decode
                    : NetlinkDecoder::routing;
            byte[] whole = bytes(sample);
            for (int length = 1; length < whole.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> NetlinkDecoder.decode(whole, cut, body))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void encode_ofRoutes_namesTheMakerAndTrustsTheGatewayToBeOnTheLink() {
        assertThat(RouteEncoder.addRoute(9, GATEWAY4, false))
                .isEqualTo(bytes(
                        "44000000 1800 0506 09000000 00000000" // request ack create excl
                                + "02 00 00 00 01 cb 00 01 04000000"
                                + "0800 0100 00000000 0800 0500 0a140001 0800 0400 03000000"
                                + "0800 0600 00000000 0800 0f00 01000000"));
        assertThat(RouteEncoder.addRoute(9, ON_LINK4, true))
                .isEqualTo(bytes(
                        "3c000000 1800 0505 09000000 00000000" // request ack create replace
                                + "02 18 00 00 01 cb fd 01 00000000"
                                + "0800 0100 0a140000 0800 0400 03000000 0800 0600 00000000 0800 0f00 01000000"));
        assertThat(RouteEncoder.removeRoute(9, ON_LINK4))
                .isEqualTo(bytes("3c000000 1900 0500 09000000 00000000 02 18 00 00 01 cb ff 01 00000000"
                        + "0800 0100 0a140000 0800 0400 03000000 0800 0600 00000000 0800 0f00 01000000"));
    }

    @Test
    void encode_ofRulesAndDumps_isWhatTheKernelTakes() {
        assertThat(RouteEncoder.addRule(9, IpAddress.parse("203.0.113.10")))
                .isEqualTo(bytes("3c000000 2000 0506 09000000 00000000 02 00 20 00 01 0000 01 00000000"
                        + "0800 0200 cb00710a 0800 0600 e8030000 0800 0f00 01000000 0500 1500 cb000000"));
        assertThat(RouteEncoder.removeRule(9, IpAddress.parse("2001:db8::10")))
                .startsWith(bytes("48000000 2100 0500 09000000 00000000 0a 00 80 00 01 0000 01 00000000"));
        assertThat(RouteEncoder.dumpRoutes(9, NetlinkEncoder.AF_INET, Route.MAIN))
                .isEqualTo(bytes("24000000 1a00 0103 09000000 00000000 02" + "00".repeat(11) + "0800 0f00 fe000000"));
        assertThat(RouteEncoder.dumpRules(9, NetlinkEncoder.AF_INET6))
                .isEqualTo(bytes("1c000000 2200 0103 09000000 00000000 0a" + "00".repeat(11)));
        assertThat(SockDiag.dumpListeners(9, NetlinkEncoder.AF_INET))
                .isEqualTo(bytes("48000000 1400 0103 09000000 00000000 02060000 00040000" + "00".repeat(48)));
    }

    @Test
    void encode_ofLinkChanges_padsTheName() {
        assertThat(NetlinkEncoder.move(9, 3, "eth1", 42))
                .isEqualTo(bytes("34000000 1000 0500 09000000 00000000 00000000 03000000 00000000 00000000"
                        + "0900 0300 6574683100 000000 0800 1c00 2a000000"));
        assertThat(NetlinkEncoder.setMtu(9, 3, 1450))
                .isEqualTo(bytes("28000000 1000 0500 09000000 00000000 00000000 03000000 00000000 00000000"
                        + "0800 0400 aa050000"));
        assertThat(NetlinkEncoder.rename(9, 3, "eth1"))
                .isEqualTo(bytes("2c000000 1000 0500 09000000 00000000 00000000 03000000 00000000 00000000"
                        + "0900 0300 6574683100 000000"));
    }

    private static List<NetlinkMessage> routing(String hex) {
        byte[] bytes = bytes(hex);
        return NetlinkDecoder.decode(bytes, bytes.length).messages();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
