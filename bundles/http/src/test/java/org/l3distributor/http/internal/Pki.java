// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The keys and certificates of src/test/resources/pki. */
final class Pki {
    private Pki() {}

    static Path file(String name) {
        try {
            return Path.of(Pki.class.getResource("/pki/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** A client that has this certificate, and trusts our authority's servers. */
    static SSLContext client(String name) throws GeneralSecurityException, TlsFault {
        TlsFiles.Stores stores = new TlsFiles(file(name), file("authority.crt")).read();
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(stores.key(), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(stores).getTrustManagers(), null);
        return context;
    }

    static SSLContext nameless() throws GeneralSecurityException, TlsFault {
        TlsFiles.Stores stores = new TlsFiles(file("client.pem"), file("authority.crt")).read();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(stores).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(TlsFiles.Stores stores) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(stores.trust());
        return trust;
    }
}
