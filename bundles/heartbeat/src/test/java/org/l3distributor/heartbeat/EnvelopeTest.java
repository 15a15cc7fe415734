// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.net.Secret;

class EnvelopeTest {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final byte[] MESSAGE = "{\"id\": \"a\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void hmac_withAnEmptyKey_isThatOfTheStandard() {
        // printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:
        assertThat(HexFormat.of().formatHex(Envelope.hmac(new byte[0], 0, 0, Secret.of(""))))
                .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    @Test
    void open_ofEveryTruncationAndEveryChangedByte_isRejectedForItsHmac() {
        byte[] datagram = Envelope.seal(MESSAGE, KEY);
        for (int i = 0; i < datagram.length; i++) {
            byte[] changed = datagram.clone();
            changed[i] ^= 0x20;
            assertThat(reason(changed)).as("byte %s", i).isEqualTo(Envelope.Reason.HMAC);
            assertThat(reason(Arrays.copyOf(datagram, i)))
                    .as("%s bytes", i)
                    .isIn(Envelope.Reason.HMAC, Envelope.Reason.LENGTH);
        }
    }

    @Test
    void open_of64KilobytesOfZeros_isRejectedForItsHmac() {
        assertThat(reason(new byte[Envelope.MAX_DATAGRAM])).isEqualTo(Envelope.Reason.HMAC);
        assertThat(reason(new byte[Envelope.MAX_DATAGRAM + 1])).isEqualTo(Envelope.Reason.LENGTH);
        assertThat(reason(new byte[32])).isEqualTo(Envelope.Reason.LENGTH);
        assertThat(reason(new byte[0])).isEqualTo(Envelope.Reason.LENGTH);
    }

    @Test
    void open_ofAZipBombWithTheRightHmac_stopsAtTheBound() throws IOException {
        byte[] bomb = signed(deflated(new byte[40 * Envelope.MAX_MESSAGE]));
        assertThat(bomb.length).isLessThan(Envelope.MAX_DATAGRAM);
        assertThat(reason(bomb)).isEqualTo(Envelope.Reason.BOMB);
    }

    @Test
    void open_ofAMessageOfTheBound_isOpened() throws IOException {
        byte[] datagram = signed(deflated(new byte[Envelope.MAX_MESSAGE]));
        assertThat(Envelope.open(datagram, datagram.length, KEY))
                .isInstanceOfSatisfying(
                        Envelope.Opened.Message.class, m -> assertThat(m.json()).hasSize(Envelope.MAX_MESSAGE));
        assertThat(reason(signed(deflated(new byte[Envelope.MAX_MESSAGE + 1])))).isEqualTo(Envelope.Reason.BOMB);
    }

    @Test
    void open_ofSignedBytesThatAreNotZlibs_isRejected() throws IOException {
        byte[] random = new byte[100];
        new Random(1).nextBytes(random);
        assertThat(reason(signed(random))).isEqualTo(Envelope.Reason.COMPRESSION);
        byte[] whole = deflated(MESSAGE);
        assertThat(reason(signed(Arrays.copyOf(whole, whole.length - 1)))).isEqualTo(Envelope.Reason.COMPRESSION);
        assertThat(reason(signed(Arrays.copyOf(whole, whole.length + 1)))).isEqualTo(Envelope.Reason.COMPRESSION);
        Deflater withDictionary = new Deflater();
        withDictionary.setDictionary(MESSAGE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, withDictionary)) {
            stream.write(MESSAGE);
        }
        withDictionary.end();
        assertThat(reason(signed(out.toByteArray()))).isEqualTo(Envelope.Reason.COMPRESSION);
    }

    @Test
    void open_ofADatagramWithTheOldTrailerOf32Bytes_isOpened() throws IOException {
        byte[] compressed = deflated(MESSAGE);
        byte[] old = Arrays.copyOf(compressed, compressed.length + 32);
        System.arraycopy(Envelope.hmac(compressed, 0, compressed.length, KEY), 0, old, compressed.length, 32);
        assertThat(Envelope.open(old, old.length, KEY))
                .isInstanceOfSatisfying(
                        Envelope.Opened.Message.class, m -> assertThat(m.json()).isEqualTo(MESSAGE));
    }

    @Test
    void open_looksOnlyAtTheDatagramInALongerBuffer() {
        byte[] datagram = Envelope.seal(MESSAGE, KEY);
        byte[] buffer = Arrays.copyOf(datagram, 65_536);
        Arrays.fill(buffer, datagram.length, buffer.length, (byte) 7);
        assertThat(Envelope.open(buffer, datagram.length, KEY)).isInstanceOf(Envelope.Opened.Message.class);
    }

    private static Envelope.Reason reason(byte[] datagram) {
        Envelope.Opened opened = Envelope.open(datagram, datagram.length, KEY);
        assertThat(opened).isInstanceOf(Envelope.Opened.Rejected.class);
        return ((Envelope.Opened.Rejected) opened).reason();
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
            stream.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] signed(byte[] compressed) {
        byte[] trailer = HexFormat.of()
                .formatHex(Envelope.hmac(compressed, 0, compressed.length, KEY))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] datagram = Arrays.copyOf(compressed, compressed.length + trailer.length);
        System.arraycopy(trailer, 0, datagram, compressed.length, trailer.length);
        return datagram;
    }
}
