// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.net.pem;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in the textual encodings of RFC 7468: X.509 certificates, keys as PKCS#8
 * ("PRIVATE KEY"), PKCS#1 ("RSA PRIVATE KEY") and SEC 1 ("EC PRIVATE KEY", RFC 5915). What is encrypted is refused.
 */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    /** RFC 1421, 4.6.1.1: OpenSSL's traditional form has headers inside of the block. */
    private static final String OPENSSL_ENCRYPTED = "Proc-Type: 4,ENCRYPTED";

    private static final byte[] PROBE = {'p', 'r', 'o', 'o', 'f'};
    private static final String ENCRYPTED = "the private key is encrypted";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(String label, byte[] content) {}

    private Pem() {}

    /** Every certificate of the text, in its order; other blocks are passed over. */
    public static List<X509Certificate> certificates(byte[] text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label.equals("CERTIFICATE")) {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content)));
            }
        }
        return found;
    }

    /**
     * The one private key of the text.
     *
     * @throws GeneralSecurityException when there is none, several, an encrypted one or one that can't be read
     */
    public static PrivateKey privateKey(byte[] text) throws GeneralSecurityException {
        List<PrivateKey> found = new ArrayList<>();
        for (Block block : blocks(text)) {
            switch (block.label) {
                case "PRIVATE KEY" -> found.add(key(block.content));
                case "RSA PRIVATE KEY" -> found.add(key(Der.rsaInPkcs8(block.content)));
                case "EC PRIVATE KEY" -> found.add(key(Der.ecInPkcs8(block.content)));
                case "ENCRYPTED PRIVATE KEY" -> throw new InvalidKeySpecException(ENCRYPTED);
                default -> {} // certificates, EC parameters
            }
        }
        if (found.isEmpty() && new String(text, StandardCharsets.ISO_8859_1).contains(OPENSSL_ENCRYPTED)) {
            throw new InvalidKeySpecException(ENCRYPTED);
        }
        if (found.size() != 1) {
            throw new InvalidKeySpecException("holds " + found.size() + " private keys that can be read, not one");
        }
        return found.get(0);
    }

    /**
     * Proves by a signature that a private key is the one whose public half was certified.
     *
     * @throws GeneralSecurityException when it isn't: a server with such a pair would fail every handshake
     */
    public static void prove(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            throw new GeneralSecurityException("the key (" + key.getAlgorithm() + ") isn't that of the certificate ("
                    + certified.getAlgorithm() + ")");
        }
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(PROBE);
        byte[] made = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        if (!signature.verify(made)) {
            throw new GeneralSecurityException("the key isn't that of the certificate");
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (InvalidKeySpecException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        }
    }

    private static List<Block> blocks(byte[] text) throws GeneralSecurityException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decoded(matcher.group(1), matcher.group(2))));
        }
        return blocks;
    }

    private static byte[] decoded(String label, String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the block " + label + " isn't base64: " + e.getMessage(), e);
        }
    }
}
