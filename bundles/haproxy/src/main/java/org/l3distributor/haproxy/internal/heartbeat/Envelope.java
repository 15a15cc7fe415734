// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.l3distributor.net.Secret;

/** A heartbeat's datagram: the message by zlib, then 64 hex digits of the HMAC-SHA256 over the compressed bytes. */
final class Envelope {
    private static final String ALGORITHM = "HmacSHA256";

    private Envelope() {}

    static byte[] seal(byte[] message, Secret key) {
        byte[] compressed = compress(message);
        byte[] trailer = HexFormat.of().formatHex(hmac(compressed, key)).getBytes(StandardCharsets.US_ASCII);
        byte[] datagram = new byte[compressed.length + trailer.length];
        System.arraycopy(compressed, 0, datagram, 0, compressed.length);
        System.arraycopy(trailer, 0, datagram, compressed.length, trailer.length);
        return datagram;
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

    static byte[] hmac(byte[] bytes, Secret key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // HMAC pads a key with zeros, so a single zero is the empty key, which the JDK refuses as such.
            byte[] secret = key.length() == 0 ? new byte[1] : key.reveal();
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it, and any key will do
        }
    }
}
