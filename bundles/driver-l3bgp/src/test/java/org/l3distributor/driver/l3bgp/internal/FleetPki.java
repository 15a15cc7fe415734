// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.net.pem.Pem;

/** An authority for many amphorae, made by openssl in a directory: RSA keys of 2,048 bits, as Octavia makes them. */
final class FleetPki {
    private final Path directory;

    /** An authority that was made there before. */
    FleetPki(Path directory) {
        this.directory = directory;
    }

    static FleetPki make(Path directory) throws Exception {
        FleetPki pki = new FleetPki(directory);
        pki.openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
        pki.openssl("genrsa -out one.key 2048");
        pki.certify("client", List.of("controller"));
        return pki;
    }

    ClientTls client() {
        return new ClientTls(directory.resolve("client.pem"), directory.resolve("ca.pem"));
    }

    PrivateKey key() throws IOException, GeneralSecurityException {
        return Pem.privateKey(Files.readAllBytes(directory.resolve("one.key")));
    }

    X509Certificate authority() throws IOException, GeneralSecurityException {
        return Pem.certificates(Files.readAllBytes(directory.resolve("ca.pem"))).get(0);
    }

    /** A certificate for a server that is all of these; they share a key. */
    X509Certificate certify(String file, List<String> names) throws Exception {
        String all = names.stream().map(n -> "DNS:" + n).collect(Collectors.joining(","));
        Files.writeString(directory.resolve("ext"), "subjectAltName=" + all + "\n");
        openssl("req -new -key one.key -subj /CN=" + file + " -out csr");
        openssl("x509 -req -in csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out crt");
        String pem = Files.readString(directory.resolve("crt")) + Files.readString(directory.resolve("one.key"));
        Files.writeString(directory.resolve(file + ".pem"), pem);
        return Pem.certificates(pem.getBytes(StandardCharsets.US_ASCII)).get(0);
    }

    SSLContext server(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void openssl(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("out")))
                .isZero();
    }
}
