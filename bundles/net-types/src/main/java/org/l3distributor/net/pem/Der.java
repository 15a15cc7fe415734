// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net.pem;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;

/** The few lines of DER (X.690) that turn OpenSSL's traditional private keys into PKCS#8 (RFC 5208), which Java reads. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int EC_PARAMETERS = 0xA0;

    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] ID_EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** Wraps an RSAPrivateKey (RFC 8017, A.1.2). */
    static byte[] rsaInPkcs8(byte[] key) {
        return tagged(SEQUENCE, VERSION_0, RSA_ENCRYPTION, tagged(OCTET_STRING, key));
    }

    /** Wraps an ECPrivateKey (RFC 5915, 3), which must name its curve itself. */
    static byte[] ecInPkcs8(byte[] key) throws InvalidKeySpecException {
        byte[] algorithm = tagged(SEQUENCE, ID_EC_PUBLIC_KEY, curve(key));
        return tagged(SEQUENCE, VERSION_0, algorithm, tagged(OCTET_STRING, key));
    }

    private static byte[] curve(byte[] key) throws InvalidKeySpecException {
        int at = contentAt(key, 0);
        while (at < key.length) {
            int content = contentAt(key, at);
            int end = content + length(key, at);
            if (end < content || end > key.length) {
                break;
            }
            if ((key[at] & 0xFF) == EC_PARAMETERS) {
                return Arrays.copyOfRange(key, content, end);
            }
            at = end;
        }
        throw new InvalidKeySpecException("the EC private key doesn't name its curve");
    }

    private static int length(byte[] der, int at) throws InvalidKeySpecException {
        int first = octet(der, at + 1);
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | octet(der, at + 2 + i);
        }
        if (length < 0) {
            throw new InvalidKeySpecException("the EC private key is broken");
        }
        return length;
    }

    private static int contentAt(byte[] der, int at) throws InvalidKeySpecException {
        int first = octet(der, at + 1);
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int octet(byte[] der, int at) throws InvalidKeySpecException {
        if (at >= der.length) {
            throw new InvalidKeySpecException("the EC private key is cut off");
        }
        return der[at] & 0xFF;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
