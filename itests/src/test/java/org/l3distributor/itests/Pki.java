// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A throw-away authority with a certificate for an appliance on 127.0.0.1 and one for its controller, made by openssl. */
final class Pki {
    private final Path directory;

    private Pki(Path directory) {
        this.directory = directory;
    }

    /** One that was made before, in this directory. */
    static Pki in(Path directory) {
        return new Pki(directory);
    }

    static Pki make(Path directory) throws IOException, InterruptedException {
        Pki pki = new Pki(Files.createDirectories(directory));
        pki.make();
        return pki;
    }

    private void make() throws IOException, InterruptedException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
        issue("server", "amphora");
        issue("client", "controller");
    }

    /** Makes NAME.pem anew: certificate and key in one file. */
    void issue(String name, String subject) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("ext"), "subjectAltName=IP:127.0.0.1,DNS:" + subject + "\n");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + subject + " -out csr -keyout", name + ".key");
        openssl("x509 -req -in csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out", name + ".crt");
        Files.writeString(directory.resolve(name + ".pem"), text(name + ".crt") + text(name + ".key"));
    }

    /** A certificate for the appliance with the key in the old form (PKCS#1), put over that file in one step. */
    void replaceServer(Path file, String subject) throws IOException, InterruptedException {
        issue("server", subject);
        openssl("rsa -traditional -in server.key -out old.key");
        Path fresh = file.resolveSibling("fresh.pem");
        Files.writeString(fresh, text("server.crt") + text("old.key"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    Path authority() {
        return directory.resolve("ca.pem");
    }

    Path server() {
        return directory.resolve("server.pem");
    }

    /** Trusts the authority, and shows the certificate of this name. */
    SSLContext server(String name) throws GeneralSecurityException, IOException {
        return context(shown(name));
    }

    /** Trusts the authority, and shows the controller's certificate. */
    SSLContext controller() throws GeneralSecurityException, IOException {
        return showing(this);
    }

    /** Trusts the authority, and shows the certificate that another authority gave to its controller. */
    SSLContext showing(Pki other) throws GeneralSecurityException, IOException {
        return context(other.shown("client"));
    }

    private KeyManagerFactory shown(String name) throws GeneralSecurityException, IOException {
        KeyStore keys = store();
        keys.setKeyEntry(name, key(name), new char[0], new Certificate[] {certificate(name + ".crt")});
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        return own;
    }

    /** Trusts the authority, and shows no certificate. */
    SSLContext anonymous() throws GeneralSecurityException, IOException {
        return context(null);
    }

    private SSLContext context(KeyManagerFactory own) throws GeneralSecurityException, IOException {
        KeyStore authorities = store();
        authorities.setCertificateEntry("ca", certificate("ca.pem"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Certificate certificate(String file) throws GeneralSecurityException, IOException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(directory.resolve(file))));
    }

    private PrivateKey key(String name) throws GeneralSecurityException, IOException {
        String body = text(name + ".key").replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    private void openssl(String words, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(words.split(" ")));
        command.addAll(Arrays.asList(more));
        Command.run(directory, command);
    }
}
