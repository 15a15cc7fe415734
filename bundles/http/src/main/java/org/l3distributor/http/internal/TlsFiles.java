// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.pem.Pem;

/**
 * The two PEM files of the listener: its certificate chain with the private key in one file, as Octavia makes it, and
 * the authorities whose clients it lets in; without these it asks no client for a certificate.
 */
record TlsFiles(Path serverCertificate, @Nullable Path clientCa) {
    /** What the files hold, as Jetty takes it; both stores are in memory and have no password. */
    record Stores(KeyStore key, @Nullable KeyStore trust, X509Certificate certificate) {}

    /** Changes whenever one of the files was replaced or written; a missing file counts as a state of its own. */
    String stamp() {
        return stamp(serverCertificate) + " " + (clientCa == null ? "" : stamp(clientCa));
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return facts.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "/" + facts.size() + "/" + facts.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }

    /**
     * Reads and proves both files.
     *
     * @throws TlsFault when one can't be read, or when key and certificate don't belong together: a server that took
     *     such a pair would fail every handshake from then on
     */
    Stores read() throws TlsFault {
        byte[] server = bytes(serverCertificate);
        try {
            PrivateKey key = Pem.privateKey(server);
            X509Certificate[] chain = Pem.certificates(server).toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException("holds no certificate");
            }
            Pem.prove(key, chain[0].getPublicKey());
            KeyStore store = empty();
            store.setKeyEntry("server", key, new char[0], chain);
            return new Stores(store, clientCa == null ? null : trust(clientCa), chain[0]);
        } catch (GeneralSecurityException e) {
            throw new TlsFault(serverCertificate, e);
        }
    }

    private static KeyStore trust(Path clientCa) throws TlsFault {
        try {
            List<X509Certificate> authorities = Pem.certificates(bytes(clientCa));
            if (authorities.isEmpty()) {
                throw new GeneralSecurityException("holds no certificate");
            }
            KeyStore store = empty();
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry("client-ca-" + store.size(), authority);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new TlsFault(clientCa, e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store can't be made", e);
        }
    }

    private static byte[] bytes(Path file) throws TlsFault {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new TlsFault(file, e);
        }
    }
}
