// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.l3distributor.net.pem.Pem;

/**
 * Makes the server certificate that an amphora is known by, as Octavia's local generator does: its id as common name and as
 * DNS name, RSA of 2048 bits, for servers and clients (RFC 5280).
 */
public final class CertificateIssuer {
    private static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String EXTENDED_USAGE = "2.5.29.37";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final int DNS_NAME = 0x82;
    /** digitalSignature and keyEncipherment, from the left. */
    private static final byte SIGN_AND_ENCIPHER = (byte) 0xA0;

    /** The clocks of controller and amphora may differ by so much. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final X509Certificate authority;
    private final PrivateKey key;
    private final Duration validity;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param authority certificate and RSA key of the authority, PEM
     * @throws GeneralSecurityException when they can't be read, or don't belong together
     */
    public CertificateIssuer(byte[] authority, byte[] authorityKey, Duration validity) throws GeneralSecurityException {
        List<X509Certificate> certificates = Pem.certificates(authority);
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("the authority's file holds no certificate");
        }
        this.authority = certificates.get(0);
        key = Pem.privateKey(authorityKey);
        Pem.prove(key, this.authority.getPublicKey());
        if (!key.getAlgorithm().equals("RSA")) {
            throw new GeneralSecurityException("the authority's key must be RSA, not " + key.getAlgorithm());
        }
        this.validity = validity;
    }

    /** A new key and its certificate in one PEM, certificate first. */
    public byte[] issue(String amphoraId, Instant now) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, random);
        KeyPair pair = generator.generateKeyPair();
        byte[] body = body(amphoraId, pair.getPublic().getEncoded(), now);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(body);
        byte[] certificate = DerWriter.sequence(body, algorithm(), DerWriter.bits(0, signature.sign()));
        String pem = pem("CERTIFICATE", certificate)
                + pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    /** For how long a new certificate is good. */
    public Duration validity() {
        return validity;
    }

    /** When a certificate ends that is issued at that time. */
    public Instant expires(Instant now) {
        return now.plus(validity);
    }

    private byte[] body(String amphoraId, byte[] publicKey, Instant now) {
        byte[] name = DerWriter.sequence(
                DerWriter.set(DerWriter.sequence(DerWriter.oid(COMMON_NAME), DerWriter.utf8(amphoraId))));
        return DerWriter.sequence(
                DerWriter.explicit(0, DerWriter.integer(BigInteger.TWO)), // version 3
                DerWriter.integer(new BigInteger(127, random).add(BigInteger.ONE)),
                algorithm(),
                authority.getSubjectX500Principal().getEncoded(),
                DerWriter.sequence(DerWriter.time(now.minus(BACKDATED)), DerWriter.time(expires(now))),
                name,
                publicKey,
                DerWriter.explicit(3, DerWriter.sequence(extensions(amphoraId))));
    }

    private byte[][] extensions(String amphoraId) {
        byte[] dns = DerWriter.tagged(DNS_NAME, amphoraId.getBytes(StandardCharsets.US_ASCII));
        List<byte[]> extensions = new ArrayList<>(List.of(
                extension(BASIC_CONSTRAINTS, true, DerWriter.sequence()),
                extension(KEY_USAGE, true, DerWriter.bits(5, new byte[] {SIGN_AND_ENCIPHER})),
                extension(EXTENDED_USAGE, true, DerWriter.sequence(DerWriter.oid(SERVER), DerWriter.oid(CLIENT))),
                extension(ALTERNATIVE_NAMES, false, DerWriter.sequence(dns))));
        byte[] authoritysKey = authority.getExtensionValue(SUBJECT_KEY);
        if (authoritysKey != null) { // an octet string in an octet string, both shorter than 128 bytes
            byte[] identifier = Arrays.copyOfRange(authoritysKey, 4, authoritysKey.length);
            extensions.add(extension(AUTHORITY_KEY, false, DerWriter.sequence(DerWriter.tagged(0x80, identifier))));
        }
        return extensions.toArray(new byte[0][]);
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? DerWriter.sequence(DerWriter.oid(oid), DerWriter.yes(), DerWriter.octets(value))
                : DerWriter.sequence(DerWriter.oid(oid), DerWriter.octets(value));
    }

    private static byte[] algorithm() {
        return DerWriter.sequence(DerWriter.oid(SHA256_WITH_RSA), DerWriter.nothing());
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
