// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.bgp.message.MessageType;

final class BgpHeaderTest {
    private static final CodecOptions EXTENDED = CodecOptions.BEFORE_OPEN.withExtendedMessages(true);

    @ParameterizedTest(name = "type {0}, length {1}: {2}")
    @CsvSource({
        "1, 28, 1/2 001c",
        "1, 29, ok",
        "1, 4096, ok",
        "1, 4097, 1/2 1001",
        "2, 22, 1/2 0016",
        "2, 23, ok",
        "2, 4096, ok",
        "2, 4097, 1/2 1001",
        "3, 20, 1/2 0014",
        "3, 21, ok",
        "3, 4096, ok",
        "4, 18, 1/2 0012",
        "4, 19, ok",
        "4, 20, 1/2 0014",
        "5, 21, 1/2 0015",
        "5, 22, ok",
        "5, 23, ok",
        "5, 60, ok",
        "0, 19, 1/3 00",
        "6, 19, 1/3 06",
        "255, 4096, 1/3 ff",
        "0, 18, 1/2 0012",
        "2, 0, 1/2 0000",
    })
    void check_ofTypeAndLength_answersWithTheExactNotification(int type, int length, String expected) {
        assertThat(text(BgpHeader.check(header(type, length), CodecOptions.BEFORE_OPEN)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "type {0}, length {1}: {2}")
    @CsvSource({
        "1, 4097, 1/2 1001",
        "4, 4097, 1/2 1001",
        "2, 4097, ok",
        "2, 65535, ok",
        "3, 65535, ok",
        "5, 65535, ok",
    })
    void check_withExtendedMessages_lengthensAllButOpenAndKeepalive(int type, int length, String expected) {
        assertThat(text(BgpHeader.check(header(type, length), EXTENDED))).isEqualTo(expected);
    }

    @Test
    void check_withAnyMarkerBitCleared_isNotSynchronized() {
        for (int bit = 0; bit < 128; bit++) {
            ByteBuf in = header(4, 19);
            in.setByte(bit / 8, in.getByte(bit / 8) ^ 1 << bit % 8);

            assertThat(text(BgpHeader.check(in, CodecOptions.BEFORE_OPEN))).isEqualTo("1/1");
        }
    }

    @Test
    void check_ofLessThanAHeader_waitsForMore() {
        for (int length = 0; length < 19; length++) {
            HeaderCheck check = BgpHeader.check(header(4, 19).slice(0, length), CodecOptions.BEFORE_OPEN);

            assertThat(check).isEqualTo(HeaderCheck.Incomplete.INSTANCE);
        }
    }

    @Test
    void check_looksAtTheReaderIndex_andLeavesItThere() {
        ByteBuf in = Unpooled.buffer().writeShort(7).writeBytes(header(2, 23)).skipBytes(2);

        assertThat(BgpHeader.check(in, CodecOptions.BEFORE_OPEN)).isEqualTo(new BgpHeader(23, MessageType.UPDATE));
        assertThat(in.readerIndex()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"00010101 00, 7/1", "000100, 1/2", "000101, 7/1", "00010201 ff, 7/1"})
    void routeRefresh_ofTheWrongLength_isRefusedByItsSubtype(String body, String expected) {
        ByteBuf frame = Frames.message(5, body);

        ProtocolError error = (ProtocolError) BgpDecoder.decode(frame, CodecOptions.BEFORE_OPEN);

        assertThat(error.code() + "/" + error.subcode()).isEqualTo(expected);
        if (expected.equals("7/1")) {
            assertThat(error.data().length()).isEqualTo(frame.readableBytes()); // RFC 7313: the whole message
        }
    }

    @ParameterizedTest
    @CsvSource({"00010001, 0", "00017701, 119", "00010001 01 80 0000, 0"})
    void routeRefresh_ofAnUnknownSubtypeOrWithFilters_isRead(String body, int subtype) {
        Decoded decoded = BgpDecoder.decode(Frames.message(5, body), CodecOptions.BEFORE_OPEN);

        assertThat(decoded.toString()).contains("ipv4-unicast").contains("subtype=" + subtype);
    }

    private static ByteBuf header(int type, int length) {
        return Unpooled.buffer().writeLong(-1).writeLong(-1).writeShort(length).writeByte(type);
    }

    private static String text(HeaderCheck check) {
        if (check instanceof ProtocolError error) {
            return (error.code() + "/" + error.subcode() + " " + error.data()).strip();
        }
        return check instanceof BgpHeader ? "ok" : check.toString();
    }
}
