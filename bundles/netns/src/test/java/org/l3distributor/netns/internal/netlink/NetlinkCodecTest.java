// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Acknowledged;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.AddressSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Datagram;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.DumpEnd;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.LinkSeen;
import org.l3distributor.netns.internal.netlink.NetlinkMessage.Other;

/** The samples are what a kernel sent (6.18, little-endian), attributes that nobody reads cut out of the links. */
class NetlinkCodecTest {
    private static final String LO = "44000000 1000 0200 07000000 00000000" // header: size, NEWLINK, multi, seq 7
            + "0000 0403 01000000 49000100 00000000" // type loopback, index 1, flags up
            + "0700 0300 6c6f0000" // name
            + "0800 0d00 e8030000" // queue length, which nobody reads
            + "0800 0400 00000100" // mtu 65536
            + "0a00 0100 000000000000 0000"; // mac
    private static final String ETH1 = "6c000000 1000 0200 07000000 00000000"
            + "0000 0100 03000000 02100000 00000000" // type ethernet, index 3, not up
            + "0900 0300 6574683100 000000"
            + "0800 0d00 e8030000"
            + "0800 0400 dc050000"
            + "2400 1700 05000000 00000000 06000000 00000000" // packets received and sent
            + "01020000 00000000 03040000 00000000" // bytes received and sent; a kernel counts more
            + "0a00 0100 020000000001 0000";
    private static final String V4 = "4c000000 1400 0200 07000000 0a540000"
            + "02 20 80 00 01000000" // IPv4, /32, permanent, global, lo
            + "0800 0100 cb00710a" // address
            + "0800 0200 cb00710a" // local
            + "0700 0300 6c6f0000" // label
            + "0800 0800 80000000" // flags
            + "1400 0600 ffffffff ffffffff 383a0f00 383a0f00"; // lifetimes
    private static final String V6 = "48000000 1400 0200 07000000 0a540000"
            + "0a 80 82 00 01000000" // IPv6, /128, permanent and nodad
            + "1400 0100 20010db8000000000000000000000010"
            + "1400 0600 ffffffff ffffffff 383a0f00 383a0f00"
            + "0800 0800 82000000";
    private static final String DONE = "14000000 0300 0200 07000000 0a540000 00000000";

    @BeforeEach
    void littleEndian() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the samples are from a little-endian machine");
    }

    @Test
    void decode_ofADump_givesLinksAddressesAndItsEnd() {
        assertThat(decode(LO + ETH1 + V4 + V6 + DONE).messages())
                .containsExactly(
                        new LinkSeen(new Link(1, "lo", true, true, null, 65536), LinkTraffic.NONE),
                        new LinkSeen(
                                new Link(3, "eth1", false, false, "02:00:00:00:00:01", 1500),
                                new LinkTraffic(0x0201, 0x0403)),
                        new AddressSeen(new LinkAddress(1, IpAddress.parse("203.0.113.10"), 32)),
                        new AddressSeen(new LinkAddress(1, IpAddress.parse("2001:db8::10"), 128)),
                        new DumpEnd(7, 0));
    }

    @Test
    void decode_ofAPointToPointAddress_givesTheOwnEnd() {
        String local = V4.replace("0800 0200 cb00710a", "0800 0200 c6336401");
        assertThat(decode(local).messages())
                .containsExactly(new AddressSeen(new LinkAddress(1, IpAddress.parse("198.51.100.1"), 32)));
    }

    @ParameterizedTest
    @CsvSource({"00000000, 0", "ffffffff, 1", "efffffff, 17", "9dffffff, 99"})
    void decode_ofAnAnswer_givesItsErrno(String error, int errno) {
        assertThat(decode("14000000 0200 0000 09000000 00000000" + error).messages())
                .containsExactly(new Acknowledged(9, errno));
    }

    @Test
    void decode_ofAnInterruptedDump_saysSo() {
        assertThat(decode(V4 + DONE).interrupted()).isFalse();
        assertThat(decode(V4 + DONE.replace("0300 0200", "0300 1200")).interrupted())
                .isTrue();
    }

    @Test
    void decode_ofWhatNobodyNeeds_passesItOver() {
        assertThat(decode("14000000 2800 0000 00000000 00000000 01020304").messages())
                .containsExactly(new Other(40));
        assertThat(decode(LO.substring(0, LO.indexOf("0700 0300")).replace("44000000", "20000000"))
                        .messages())
                .as("a link message without a name")
                .containsExactly(new Other(16));
    }

    @Test
    void decode_cutAtEveryByte_failsWithoutReadingBeyond() {
        for (String sample : new String[] {LO, ETH1, V4, V6, DONE}) {
            byte[] whole = bytes(sample);
            for (int length = 1; length < whole.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> NetlinkDecoder.decode(whole, cut))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void decode_ofAnyLengthField_givesOneMessageOrFails() {
        byte[] sample = bytes(V4);
        int refused = 0;
        for (int position : new int[] {0, 1, 24, 25, 32, 40}) {
            for (int value = 0; value < 256; value++) {
                byte[] wrong = sample.clone();
                wrong[position] = (byte) value;
                try {
                    assertThat(NetlinkDecoder.decode(wrong, wrong.length).messages())
                            .isNotEmpty();
                } catch (IllegalArgumentException expected) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(1000); // of 1536; the rest are lengths that fit
    }

    @Test
    void encode_ofAnAddition_isExclusiveAcknowledgedAndWithoutDuplicateDetection() {
        assertThat(NetlinkEncoder.addAddress(9, new LinkAddress(1, IpAddress.parse("203.0.113.10"), 32)))
                .isEqualTo(bytes(
                        "28000000 1400 0506 09000000 00000000" // NEWADDR, request ack create excl
                                + "02 20 00 00 01000000 0800 0200 cb00710a 0800 0100 cb00710a"));
        assertThat(NetlinkEncoder.addAddress(9, new LinkAddress(1, IpAddress.parse("2001:db8::10"), 128)))
                .isEqualTo(bytes("40000000 1400 0506 09000000 00000000 0a 80 02 00 01000000"
                        + "1400 0200 20010db8000000000000000000000010"
                        + "1400 0100 20010db8000000000000000000000010"));
    }

    @Test
    void encode_ofTheOtherRequests_isWhatRtnetlinkSays() {
        assertThat(NetlinkEncoder.removeAddress(9, new LinkAddress(1, IpAddress.parse("203.0.113.10"), 32)))
                .isEqualTo(bytes("28000000 1500 0500 09000000 00000000"
                        + "02 20 00 00 01000000 0800 0200 cb00710a 0800 0100 cb00710a"));
        assertThat(NetlinkEncoder.linkUp(3, 1))
                .isEqualTo(bytes("20000000 1000 0500 03000000 00000000 00000000 01000000 01000000 01000000"));
        assertThat(NetlinkEncoder.dumpLinks(1))
                .isEqualTo(bytes("20000000 1200 0103 01000000 00000000" + "00".repeat(16)));
        assertThat(NetlinkEncoder.dumpAddresses(2))
                .isEqualTo(bytes("18000000 1600 0103 02000000 00000000" + "00".repeat(8)));
    }

    private static Datagram decode(String hex) {
        byte[] bytes = bytes(hex);
        return NetlinkDecoder.decode(bytes, bytes.length);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
