// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.l3distributor.net.pem.Pem;

/**
 * The two PEM files of this side: its certificate chain with the private key in one file, as Octavia's
 * {@code client_cert}, and the authorities that certify amphorae, as its {@code server_ca}.
 */
public record ClientTls(Path certificate, Path authority) {
    /** Changes whenever one of the files was replaced or written; a missing file counts as a state of its own. */
    public String stamp() {
        return stamp(certificate) + " " + stamp(authority);
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return facts.lastModifiedTime() + "/" + facts.size() + "/" + facts.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }

    /**
     * A context that presents the certificate and trusts the amphorae expected.
     *
     * @throws IOException when a file can't be read, or holds what can't be used; the message names it
     */
    public SSLContext context(Identities identities) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys().getKeyManagers(), new TrustManager[] {new IdentityTrust(trust(), identities)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("make the TLS context: " + e.getMessage(), e);
        }
    }

    private KeyManagerFactory keys() throws IOException, GeneralSecurityException {
        byte[] text = Files.readAllBytes(certificate);
        try {
            PrivateKey key = Pem.privateKey(text);
            X509Certificate[] chain = Pem.certificates(text).toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException("holds no certificate");
            }
            Pem.prove(key, chain[0].getPublicKey());
            KeyStore store = empty();
            store.setKeyEntry("client", key, new char[0], chain);
            // Not "PKIX": that one decrypts the key anew for each handshake, ten thousand rounds of PBKDF2 each time.
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, new char[0]);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + ": " + e.getMessage(), e);
        }
    }

    private X509TrustManager trust() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        try {
            List<X509Certificate> authorities = Pem.certificates(Files.readAllBytes(authority));
            if (authorities.isEmpty()) {
                throw new GeneralSecurityException("holds no certificate");
            }
            for (X509Certificate one : authorities) {
                store.setCertificateEntry("server-ca-" + store.size(), one);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + ": " + e.getMessage(), e);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager chains) {
                return chains;
            }
        }
        throw new GeneralSecurityException("this JDK checks no X.509 certificates");
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
