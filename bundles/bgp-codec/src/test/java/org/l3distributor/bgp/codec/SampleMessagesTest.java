// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair of annotated octets and message is used in both directions. */
final class SampleMessagesTest {
    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void decode_ofASample_givesItsMessage(String name) {
        Decoded decoded = BgpDecoder.decodeInFull(Unpooled.wrappedBuffer(Samples.bytes(name)), Samples.options(name));

        assertThat(decoded).isEqualTo(new Decoded.Message(Samples.all().get(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void encode_ofASample_givesItsOctets(String name) {
        byte[] octets = Samples.encode(Samples.all().get(name), Samples.options(name));

        assertThat(HexFormat.of().formatHex(octets)).isEqualTo(HexFormat.of().formatHex(Samples.bytes(name)));
    }
}
