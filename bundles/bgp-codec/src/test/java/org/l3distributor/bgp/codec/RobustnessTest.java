// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, the answer is a value; the buffer is neither kept nor released. The randomness is seeded. */
final class RobustnessTest {
    private static final List<CodecOptions> OPTIONS = List.of(
            Samples.FULL,
            Samples.FULL.withFourOctetAs(false).withInternal(false),
            Samples.FULL.withExtendedMessages(true),
            CodecOptions.BEFORE_OPEN);

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void frameCutAtAnyOctet_isAnErrorAndNeverAMessage(String name) {
        byte[] whole = Samples.bytes(name);
        for (int length = 0; length < whole.length; length++) {
            ByteBuf cut = Unpooled.copiedBuffer(whole, 0, length);

            assertThat(BgpDecoder.decode(cut, Samples.options(name))).isInstanceOf(ProtocolError.class);
        }
    }

    /** The length field says that the message ends where it was cut: now the body has to notice. */
    @ParameterizedTest
    @MethodSource("names")
    void bodyCutAtAnyOctet_neverThrows(String name) {
        byte[] whole = Samples.bytes(name);
        for (int length = BgpHeader.LENGTH; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            cut[16] = (byte) (length >>> 8);
            cut[17] = (byte) length;

            decodeEveryWay(cut);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyOctetReplacedByAnyOther_neverThrows(String name) {
        byte[] frame = Samples.bytes(name);
        for (int at = BgpHeader.MARKER_LENGTH; at < frame.length; at++) {
            byte original = frame[at];
            for (int value = 0; value < 256; value++) {
                frame[at] = (byte) value;
                decodeEveryWay(frame);
            }
            frame[at] = original;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void severalOctetsReplaced_neverThrows(String name) {
        Random random = new Random(7606);
        byte[] original = Samples.bytes(name);
        for (int round = 0; round < 3000; round++) {
            byte[] frame = original.clone();
            for (int i = 2 + random.nextInt(6); i > 0 && frame.length > BgpHeader.LENGTH; i--) {
                int at = BgpHeader.LENGTH + random.nextInt(frame.length - BgpHeader.LENGTH);
                frame[at] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt(256));
            }
            decodeEveryWay(frame);
        }
    }

    @Test
    void randomBodies_ofEveryType_neverThrow() {
        Random random = new Random(4271);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = new byte[random.nextInt(round % 100 == 0 ? 3000 : 80)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(20));
            }
            ByteBuf frame = Frames.message(1 + round % 5, HexFormat.of().formatHex(body));
            decodeEveryWay(ByteBufUtil.getBytes(frame));
        }
    }

    private static void decodeEveryWay(byte[] octets) {
        for (CodecOptions options : OPTIONS) {
            ByteBuf frame = Unpooled.buffer(octets.length + 4)
                    .writeInt(0)
                    .writeBytes(octets)
                    .skipBytes(4);
            try {
                check(octets, options, frame);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(options + ": " + HexFormat.of().formatHex(octets), e);
            }
        }
    }

    /** Plain comparisons: there are a million of them. */
    private static void check(byte[] octets, CodecOptions options, ByteBuf frame) {
        Decoded counted = BgpDecoder.decode(frame, options);
        Decoded inFull = BgpDecoder.decodeInFull(frame, options);

        require(frame.refCnt() == 1 && frame.readerIndex() == 4, "the buffer was touched");
        if (counted instanceof ProtocolError) {
            require(inFull.equals(counted), "judged otherwise when read in full");
        }
        if (inFull instanceof Decoded.Message message) {
            writeBack(message, options);
        }
    }

    /**
     * What was read can be written, and says the same when it is read again. Only two-octet speakers may say a thing in two
     * ways: an AS4_PATH that adds nothing is left out when it is written.
     */
    private static void writeBack(Decoded.Message message, CodecOptions options) {
        byte[] written = Samples.encode(message.message(), options);

        Decoded again = BgpDecoder.decodeInFull(Unpooled.wrappedBuffer(written), options);

        boolean same = options.fourOctetAs() ? again.equals(message) : again instanceof Decoded.Message;
        if (!same) {
            throw new AssertionError(message + " came back as " + again);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
