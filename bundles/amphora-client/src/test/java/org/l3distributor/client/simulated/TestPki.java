// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.l3distributor.net.pem.Pem;

/** The keys and certificates of /pki: amphora-1..4, speaker-1..4, named-by-subject, controller, stranger. */
public final class TestPki {
    private TestPki() {}

    public static byte[] bytes(String name) {
        try (InputStream in = TestPki.class.getResourceAsStream("/pki/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies one into a directory, for those who take files. */
    public static Path copy(String name, Path directory) throws IOException {
        return Files.write(directory.resolve(name), bytes(name));
    }

    /** A server that is {@code name}, and lets in whom the authority has certified. */
    public static SSLContext server(String name) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            byte[] pem = bytes(name + ".pem");
            store.setKeyEntry(
                    "server",
                    Pem.privateKey(pem),
                    new char[0],
                    Pem.certificates(pem).toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", Pem.certificates(bytes("authority.crt")).get(0));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
