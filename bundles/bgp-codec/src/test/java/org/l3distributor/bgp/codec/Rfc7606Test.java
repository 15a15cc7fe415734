// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.bgp.message.UpdateMessage;
import org.l3distributor.net.IpPrefix;

/** One row per rule of RFC 7606, and of the RFCs that follow its manner. */
final class Rfc7606Test {
    private static final String ORIGIN = "40010100 ";
    private static final String AS_PATH = "400206 02010000fde9 ";
    private static final String NEXT_HOP = "400304c0000263 ";
    private static final String ROUTE = "20cb007105";
    private static final String ROUTE6 = "8020010db8000000000000000000000005";
    private static final String MP_REACH = "800e26 000201 10 20010db8000000000000000000000099 00 " + ROUTE6 + " ";

    /** Attributes of an UPDATE that announces one IPv4 route; O, P and N stand for the good mandatory ones. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            3 c   | ORIGIN flagged optional             | C0010100 P N                | TREAT_AS_WITHDRAW
            3 c   | COMMUNITIES flagged well-known      | O P N 40080400000001        | TREAT_AS_WITHDRAW
            3 c   | AGGREGATOR flagged non-transitive   | O P N 8007080000fde8c0000201 | TREAT_AS_WITHDRAW
            3 c   | partial bit on ORIGIN is no matter  | 60010100 P N                | NONE
            3 d   | ORIGIN missing                      | P N                         | TREAT_AS_WITHDRAW
            3 d   | AS_PATH missing                     | O N                         | TREAT_AS_WITHDRAW
            3 d   | NEXT_HOP missing                    | O P                         | TREAT_AS_WITHDRAW
            3 g   | ORIGIN twice                        | O P N O                     | ATTRIBUTE_DISCARD
            3 g   | an unknown attribute twice          | O P N c06300 c06300         | ATTRIBUTE_DISCARD
            3 h   | the strongest treatment wins        | O P N 40060100 40050100 8004020000 | TREAT_AS_WITHDRAW
            4     | last attribute without a length     | O P N 4006                  | TREAT_AS_WITHDRAW
            4     | extended length cut off             | O P N 500600                | TREAT_AS_WITHDRAW
            4     | last attribute exceeds the field    | O P N 800404000000          | TREAT_AS_WITHDRAW
            7.1   | ORIGIN of no octet                  | 400100 P N                  | TREAT_AS_WITHDRAW
            7.1   | ORIGIN of two octets                | 4001020000 P N              | TREAT_AS_WITHDRAW
            7.1   | ORIGIN 3                            | 40010103 P N                | TREAT_AS_WITHDRAW
            7.2   | AS_PATH empty is fine               | O 400200 N                  | NONE
            7.2   | AS_PATH with segment type 0         | O 40020600010000fde9 N      | TREAT_AS_WITHDRAW
            7.2   | AS_PATH with segment type 5         | O 40020605010000fde9 N      | TREAT_AS_WITHDRAW
            7.2   | AS_PATH with a confederation        | O 40020603010000fde9 N      | TREAT_AS_WITHDRAW
            7.2   | AS_PATH segment overruns            | O 40020602020000fde9 N      | TREAT_AS_WITHDRAW
            7.2   | AS_PATH ends in one octet           | O 40020702010000fde902 N    | TREAT_AS_WITHDRAW
            7.2   | AS_PATH segment without AS          | O 4002020200 N              | TREAT_AS_WITHDRAW
            7.2   | AS_PATH in two octets               | O 4002040201fde9 N          | TREAT_AS_WITHDRAW
            7607  | AS 0 in AS_PATH                     | O 400206020100000000 N      | TREAT_AS_WITHDRAW
            7.3   | NEXT_HOP of three octets            | O P 400303c00002            | TREAT_AS_WITHDRAW
            7.3   | NEXT_HOP 0.0.0.0                    | O P 40030400000000          | TREAT_AS_WITHDRAW
            7.3   | NEXT_HOP multicast                  | O P 400304e0000001          | TREAT_AS_WITHDRAW
            7.4   | MULTI_EXIT_DISC of two octets       | O P N 8004020000            | TREAT_AS_WITHDRAW
            7.5   | LOCAL_PREF from another AS          | O P N 40050400000064        | ATTRIBUTE_DISCARD
            7.5   | even a malformed one                | O P N 40050100              | ATTRIBUTE_DISCARD
            7.6   | ATOMIC_AGGREGATE of one octet       | O P N 40060100              | ATTRIBUTE_DISCARD
            7.7   | AGGREGATOR of six octets            | O P N c00706fde8c0000201    | ATTRIBUTE_DISCARD
            7607  | AS 0 in AGGREGATOR                  | O P N c0070800000000c0000201 | ATTRIBUTE_DISCARD
            7.8   | COMMUNITIES empty                   | O P N c00800                | TREAT_AS_WITHDRAW
            7.8   | COMMUNITIES of five octets          | O P N c008050000000100      | TREAT_AS_WITHDRAW
            7.9   | ORIGINATOR_ID from another AS       | O P N 800904c0000201        | ATTRIBUTE_DISCARD
            7.10  | CLUSTER_LIST from another AS        | O P N 800a04c0000201        | ATTRIBUTE_DISCARD
            7.14  | EXTENDED_COMMUNITIES of 7 octets    | O P N c0100700000000000000  | TREAT_AS_WITHDRAW
            7.14  | EXTENDED_COMMUNITIES empty          | O P N c01000                | TREAT_AS_WITHDRAW
            7.15  | IPv6 extended community of 8 octets | O P N c019080000000000000000 | TREAT_AS_WITHDRAW
            8092  | LARGE_COMMUNITIES of 8 octets       | O P N c020080000000000000000 | TREAT_AS_WITHDRAW
            6793  | AS4_PATH from a new speaker         | O P N c011060201fa56ea00    | ATTRIBUTE_DISCARD
            6793  | AS4_AGGREGATOR from a new speaker   | O P N c01208fa56ea00c0000201 | ATTRIBUTE_DISCARD
            4271  | unknown optional attribute          | O P N c063021234            | NONE
            """)
    void announcement_withAttributes_isTreated(String section, String what, String attributes, Treatment expected) {
        InboundUpdate update = counted(Frames.update("", expand(attributes), ROUTE), external());

        assertThat(update.treatment()).as(update.faults().toString()).isEqualTo(expected);
        assertThat(update.announcedIpv4()).isEqualTo(expected == Treatment.TREAT_AS_WITHDRAW ? 0 : 1);
        assertThat(update.withdrawnIpv4()).isEqualTo(expected == Treatment.TREAT_AS_WITHDRAW ? 1 : 0);
        assertThat(update.endOfRib()).isNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            7.5   | LOCAL_PREF from this AS             | 40050400000064              | NONE
            7.5   | LOCAL_PREF of one octet             | 40050100                    | TREAT_AS_WITHDRAW
            7.9   | ORIGINATOR_ID from this AS          | 800904c0000201              | NONE
            7.9   | ORIGINATOR_ID of three octets       | 800903c00002                | TREAT_AS_WITHDRAW
            7.10  | CLUSTER_LIST from this AS           | 800a08c0000201c0000202      | NONE
            7.10  | CLUSTER_LIST empty                  | 800a00                      | TREAT_AS_WITHDRAW
            7.10  | CLUSTER_LIST of six octets          | 800a06c0000201c000          | TREAT_AS_WITHDRAW
            """)
    void internalAnnouncement_withAttribute_isTreated(
            String section, String what, String attribute, Treatment expected) {
        ByteBuf frame = Frames.update("", expand("O P N ") + attribute, ROUTE);

        assertThat(counted(frame, external().withInternal(true)).treatment()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            6793  | AS4_PATH                            | c0110a0202fa56ea000000fde8  | NONE
            6793  | AS4_PATH empty                      | c01100                      | ATTRIBUTE_DISCARD
            6793  | AS4_PATH overruns                   | c011060202fa56ea00          | ATTRIBUTE_DISCARD
            6793  | AS4_PATH with segment type 9        | c011060901fa56ea00          | ATTRIBUTE_DISCARD
            6793  | AS4_AGGREGATOR of six octets        | c01206fde8c0000201          | ATTRIBUTE_DISCARD
            6793  | AGGREGATOR of eight octets          | c0070800000001c0000201      | ATTRIBUTE_DISCARD
            """)
    void announcementOfATwoOctetSpeaker_withAttribute_isTreated(
            String section, String what, String attribute, Treatment expected) {
        ByteBuf frame = Frames.update("", ORIGIN + "4002060202 5ba0fde8" + NEXT_HOP + attribute, ROUTE);

        assertThat(counted(frame, external().withFourOctetAs(false)).treatment())
                .isEqualTo(expected);
    }

    /** The three fields of an UPDATE after which the session can't go on. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            3 g   | MP_REACH_NLRI twice              | ""       | R O P R              | ""         | 3/1
            3 g   | MP_UNREACH_NLRI twice            | ""       | 800f03000201 800f03000201 | ""    | 3/1
            4271  | unknown well-known attribute     | ""       | O P N 40630100       | 20cb007105 | 3/2
            5.2   | bad attribute, and no route      | ""       | 400100               | ""         | 3/1
            5.2   | cut-off attributes, and no route | ""       | O P N 40             | ""         | 3/1
            5.2   | the same behind MP_UNREACH_NLRI  | ""       | 800f03000201 40      | ""         | 3/1
            5.3   | prefix of 33 bits                | ""       | O P N                | 21cb00710500 | 3/10
            5.3   | prefix cut off                   | ""       | O P N                | 20cb0071   | 3/10
            5.3   | withdrawn prefix of 33 bits      | 21cb00710500 | ""               | ""         | 3/10
            5.3   | IPv6 prefix of 129 bits          | ""       | O P 800e270002011020010db800000000000000000000009900812001 0db800000000000000000000000500 | "" | 3/9
            5.3   | withdrawn IPv6 prefix cut off    | ""       | 800f050002014020     | ""         | 3/9
            7.11  | IPv6 next hop of four octets     | ""       | O P 800e0900020104c000026300 | "" | 3/9
            7.11  | next hop exceeds the attribute   | ""       | O P 800e0500020110 00 | ""        | 3/9
            7.11  | MP_REACH_NLRI of four octets     | ""       | O P 800e0400020100   | ""         | 3/9
            7.12  | MP_UNREACH_NLRI of two octets    | ""       | 800f020002           | ""         | 3/9
            """)
    void update_thatCannotBeTakenApart_endsTheSession(
            String section, String what, String withdrawn, String attributes, String nlri, String expected) {
        Decoded decoded = BgpDecoder.decode(Frames.update(withdrawn, expand(attributes), nlri), external());

        assertThat(decoded).isInstanceOf(ProtocolError.class);
        ProtocolError error = (ProtocolError) decoded;
        assertThat(error.code() + "/" + error.subcode()).as(error.reason()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0001 0000", "ffff 0000", "0000 0001", "0000 ffff", "0002 00 0000"})
    void update_withALengthBeyondTheMessage_isMalformedAttributeList(String body) {
        Decoded decoded = BgpDecoder.decode(Frames.message(2, body), external());

        assertThat(decoded).isInstanceOf(ProtocolError.class);
        assertThat(((ProtocolError) decoded).code()).isEqualTo(3);
        assertThat(((ProtocolError) decoded).subcode()).isEqualTo(1);
    }

    @Test
    void malformedMultiprotocolAttribute_isQuotedInTheNotification() {
        ProtocolError error = (ProtocolError) BgpDecoder.decode(Frames.update("", "800f020002", ""), external());

        assertThat(error.data().toString()).isEqualTo("800f020002");
    }

    @Test
    void quotedAttribute_ofAnExtendedMessage_fitsAStandardNotification() {
        String long129 = "00".repeat(8000) + "81";
        ByteBuf frame = Frames.update("", "900f1f44 000201" + long129, "");

        ProtocolError error =
                (ProtocolError) BgpDecoder.decode(frame, external().withExtendedMessages(true));

        assertThat(Samples.encode(error.notification(), CodecOptions.BEFORE_OPEN))
                .hasSize(4096);
    }

    @Test
    void treatAsWithdraw_ofIpv6Routes_countsThemAsWithdrawn() {
        InboundUpdate update = counted(Frames.update("", MP_REACH + ORIGIN, ""), external());

        assertThat(update.treatment()).isEqualTo(Treatment.TREAT_AS_WITHDRAW);
        assertThat(update.announcedCount()).isZero();
        assertThat(update.withdrawnIpv6()).isEqualTo(1);
    }

    @Test
    void routesOfAFamilyNotAgreedOn_areIgnored() {
        CodecOptions ipv4Only = CodecOptions.BEFORE_OPEN.withFourOctetAs(true);
        InboundUpdate update = counted(Frames.update("", MP_REACH + ORIGIN + AS_PATH, ""), ipv4Only);

        assertThat(update.announcedCount()).isZero();
        assertThat(update.treatment()).isEqualTo(Treatment.NONE);
    }

    @Test
    void nextHop_isNotDemandedOfMultiprotocolRoutes() {
        InboundUpdate update = counted(Frames.update("", MP_REACH + ORIGIN + AS_PATH, ""), external());

        assertThat(update.treatment()).isEqualTo(Treatment.NONE);
        assertThat(update.announcedIpv6()).isEqualTo(1);
    }

    @Test
    void wrongFlagsOnALoneMpUnreach_withdrawAllTheSame() {
        InboundUpdate update = counted(Frames.update("", "c00f14 000201 " + ROUTE6, ""), external());

        assertThat(update.treatment()).isEqualTo(Treatment.TREAT_AS_WITHDRAW);
        assertThat(update.withdrawnIpv6()).isEqualTo(1);
    }

    @Test
    void readInFull_treatAsWithdraw_movesTheRoutesToTheWithdrawnOnes() {
        ByteBuf frame = Frames.update("20c6336407", MP_REACH + NEXT_HOP, ROUTE);

        UpdateMessage update = full(frame);

        assertThat(update.announced()).isEmpty();
        assertThat(update.withdrawn())
                .containsExactly(IpPrefix.parse("198.51.100.7/32"), IpPrefix.parse("203.0.113.5/32"));
        assertThat(update.attributes().list())
                .hasSize(1)
                .first()
                .hasToString("MpUnreach[family=ipv6-unicast, withdrawn=[2001:db8::5/128]]");
    }

    @Test
    void readInFull_attributeDiscard_leavesItOut() {
        PathAttributes attributes =
                full(Frames.update("", expand("O P N 40060100 O"), ROUTE)).attributes();

        assertThat(attributes.list()).hasSize(3);
    }

    private static UpdateMessage full(ByteBuf frame) {
        Decoded decoded = BgpDecoder.decodeInFull(frame, external());
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return (UpdateMessage) ((Decoded.Message) decoded).message();
    }

    private static String expand(String attributes) {
        return attributes
                .replace("O", ORIGIN)
                .replace("P", AS_PATH)
                .replace("N", NEXT_HOP)
                .replace("R", MP_REACH);
    }

    private static CodecOptions external() {
        return Samples.FULL.withInternal(false);
    }

    private static InboundUpdate counted(ByteBuf frame, CodecOptions options) {
        Decoded decoded = BgpDecoder.decode(frame, options);
        assertThat(decoded).isInstanceOf(Decoded.Update.class);
        return ((Decoded.Update) decoded).update();
    }
}
