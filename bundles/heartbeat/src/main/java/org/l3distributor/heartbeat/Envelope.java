// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.l3distributor.net.Secret;

/** A heartbeat's datagram: the message by zlib, then 64 hex digits of the HMAC-SHA256 over the compressed bytes. */
public final class Envelope {
    /** The longest datagram that is looked at; UDP carries less. */
    public static final int MAX_DATAGRAM = 64 * 1024;

    /** The longest message that is inflated: a thousand times what an amphora with one listener says. */
    public static final int MAX_MESSAGE = 1024 * 1024;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX = 64;
    private static final int RAW = 32;

    private Envelope() {}

    /** What a datagram holds. */
    public sealed interface Opened {
        /** It was sealed with the key. */
        @SuppressWarnings("ArrayRecordComponent") // bytes in passing, never compared
        record Message(byte[] json) implements Opened {}

        /** It is none that anybody should look at. */
        record Rejected(Reason reason) implements Opened {}
    }

    /** Why a datagram is thrown away, in the order in which it is checked. */
    public enum Reason {
        /** Longer than {@link #MAX_DATAGRAM}, or so short that there is nothing beside the HMAC. */
        LENGTH,
        /** Whoever sent it hasn't the key, or it was changed on its way. */
        HMAC,
        /** Signed with the key, and not zlib's. */
        COMPRESSION,
        /** It inflates to more than {@link #MAX_MESSAGE}. */
        BOMB
    }

    public static byte[] seal(byte[] message, Secret key) {
        byte[] compressed = compress(message);
        byte[] trailer = HexFormat.of()
                .formatHex(hmac(compressed, 0, compressed.length, key))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] datagram = Arrays.copyOf(compressed, compressed.length + trailer.length);
        System.arraycopy(trailer, 0, datagram, compressed.length, trailer.length);
        return datagram;
    }

    /**
     * Opens what came in.
     *
     * @param length how many bytes of {@code datagram} are the datagram's
     */
    public static Opened open(byte[] datagram, int length, Secret key) {
        if (length <= RAW || length > MAX_DATAGRAM) {
            return new Opened.Rejected(Reason.LENGTH);
        }
        int compressed = signed(datagram, length, key);
        return compressed < 0 ? new Opened.Rejected(Reason.HMAC) : inflate(datagram, compressed);
    }

    /** How many bytes were signed; -1 when the HMAC is wrong. */
    private static int signed(byte[] datagram, int length, Secret key) {
        if (length > HEX) {
            int hex = length - HEX;
            byte[] trailer = Arrays.copyOfRange(datagram, hex, length);
            String expected = HexFormat.of().formatHex(hmac(datagram, 0, hex, key));
            if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), trailer)) {
                return hex;
            }
        }
        int raw = length - RAW;
        byte[] trailer = Arrays.copyOfRange(datagram, raw, length);
        return MessageDigest.isEqual(hmac(datagram, 0, raw, key), trailer) ? raw : -1;
    }

    private static Opened inflate(byte[] datagram, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(datagram, 0, length);
            ByteArrayOutputStream out = new ByteArrayOutputStream(4 * length);
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0) { // cut off, or it asks for a dictionary
                    return new Opened.Rejected(Reason.COMPRESSION);
                }
                if (out.size() + count > MAX_MESSAGE) {
                    return new Opened.Rejected(Reason.BOMB);
                }
                out.write(buffer, 0, count);
            }
            return inflater.getRemaining() == 0
                    ? new Opened.Message(out.toByteArray())
                    : new Opened.Rejected(Reason.COMPRESSION);
        } catch (DataFormatException e) {
            return new Opened.Rejected(Reason.COMPRESSION);
        } finally {
            inflater.end();
        }
    }

    private static byte[] compress(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(message);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    static byte[] hmac(byte[] bytes, int offset, int length, Secret key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // HMAC pads a key with zeros, so a single zero is the empty key, which the JDK refuses as such.
            byte[] secret = key.length() == 0 ? new byte[1] : key.reveal();
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(bytes, offset, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it, and any key will do
        }
    }
}
