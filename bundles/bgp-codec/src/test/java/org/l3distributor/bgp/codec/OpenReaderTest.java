// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.RouterId;

final class OpenReaderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            version 3 gets the version that is spoken     | 03fde80009c000020100                 | 2/1 0004
            version 5 too                                 | 05fde80009c000020100                 | 2/1 0004
            AS 0 (RFC 7607)                               | 0400000009c000020100                 | 2/2
            identifier 0 (RFC 6286)                       | 04fde800090000000000                 | 2/3
            hold time 1                                   | 04fde80001c000020100                 | 2/6
            hold time 2                                   | 04fde80002c000020100                 | 2/6
            parameters longer than the message            | 04fde80009c000020101                 | 2/0
            octets behind the parameters                  | 04fde80009c00002010000               | 2/0
            parameter cut off                             | 04fde80009c00002010102               | 2/0
            parameter exceeds its field                   | 04fde80009c000020103020200           | 2/0
            parameter 1, authentication, is no more       | 04fde80009c0000201020100             | 2/4
            parameter 3                                   | 04fde80009c0000201020300             | 2/4
            capability cut off                            | 04fde80009c00002010302 01 01         | 2/0
            capability exceeds its parameter              | 04fde80009c00002010402 02 0201       | 2/0
            multiprotocol of three octets                 | 04fde80009c000020107020501 03 000100 | 2/0
            route refresh with a value                    | 04fde80009c000020105020302 01 00     | 2/0
            graceful restart of one octet                 | 04fde80009c000020105020340 01 00     | 2/0
            ADD-PATH of three octets                      | 04fde80009c000020107020545 03 000101 | 2/0
            extended next hop of four octets              | 04fde80009c0000201080206050400010001 | 2/0
            four-octet AS 0                               | 045ba00009c0000201080206410400000000 | 2/2
            four-octet AS is AS_TRANS                     | 045ba00009c000020108020641 0400005ba0 | 2/2
            four-octet AS contradicts the field           | 04fde80009c000020108020641040000fde9 | 2/2
            extended parameters, their length cut off     | 04fde80009c0000201ffff00             | 2/0
            extended parameters longer than the message   | 04fde80009c0000201ffff0004020001     | 2/0
            parameter 255 within extended ones (RFC 9072) | 04fde80009c0000201ffff0003ff0000     | 2/4
            """)
    void open_thatIsWrongInItself_isRefused(String what, String body, String expected) {
        Decoded decoded = BgpDecoder.decode(Frames.message(1, body), CodecOptions.BEFORE_OPEN);

        assertThat(decoded).isInstanceOf(ProtocolError.class);
        ProtocolError error = (ProtocolError) decoded;
        String actual = error.code() + "/" + error.subcode() + " " + error.data();
        assertThat(actual.strip()).as(error.reason()).isEqualTo(expected);
    }

    @Test
    void capabilities_inParametersOfTheirOwn_areAllRead() {
        OpenMessage open = open(Frames.open("0c 02 02 0200 02 06 0104 00020001"));

        assertThat(open.capabilities())
                .containsExactly(new Capability.RouteRefresh(), new Capability.Multiprotocol(AfiSafi.IPV6_UNICAST));
        assertThat(open.families()).containsExactly(AfiSafi.IPV6_UNICAST);
    }

    @Test
    void extendedParameters_areReadAtAnyLength() {
        OpenMessage open = open(Frames.open("ff ff 0005 02 0002 0200"));

        assertThat(open.capabilities()).containsExactly(new Capability.RouteRefresh());
    }

    @Test
    void extendedParameters_withAnotherLengthOctet_areRecognisedByTheirType() {
        OpenMessage open = open(Frames.open("07 ff 0005 02 0002 0200"));

        assertThat(open.capabilities()).containsExactly(new Capability.RouteRefresh());
    }

    @Test
    void manyCapabilities_areWrittenAsExtendedParametersAndReadBack() {
        List<Capability> many = IntStream.range(0, 200)
                .mapToObj(i -> (Capability) new Capability.UnknownCapability(128 + i % 100, Octets.ofHex("0011")))
                .toList();
        OpenMessage open = OpenMessage.of(new AsNumber(65000), 9, RouterId.parse("192.0.2.1"), many);

        byte[] octets = Samples.encode(open, CodecOptions.BEFORE_OPEN);

        assertThat(octets).hasSize(29 + 3 + 3 + 800);
        assertThat(new byte[] {octets[28], octets[29]}).containsOnly(0xFF);
        assertThat(open(Unpooled.wrappedBuffer(octets))).isEqualTo(open);
    }

    @Test
    void realAs_comesFromTheCapability_elseFromTheField() {
        assertThat(open(Frames.open("00")).asNumber()).isEqualTo(new AsNumber(65000));
        OpenMessage big = open(Frames.message(1, "045ba00009c0000201 08 02 06 4104 fa56ea00"));
        assertThat(big.asNumber()).isEqualTo(new AsNumber(4200000000L));
    }

    @Test
    void families_withoutMultiprotocolCapability_areIpv4Unicast() {
        assertThat(open(Frames.open("00")).families()).containsExactly(AfiSafi.IPV4_UNICAST);
    }

    @Test
    void holdTimeZeroAndThree_areAccepted() {
        assertThat(open(Frames.message(1, "04fde80000c000020100")).holdTimeSeconds())
                .isZero();
        assertThat(open(Frames.message(1, "04fde80003c000020100")).holdTimeSeconds())
                .isEqualTo(3);
    }

    private static OpenMessage open(ByteBuf frame) {
        Decoded decoded = BgpDecoder.decode(frame, CodecOptions.BEFORE_OPEN);
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        BgpMessage message = ((Decoded.Message) decoded).message();
        return (OpenMessage) message;
    }
}
